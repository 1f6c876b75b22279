import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { GlobalCommand } from '../command.ts';

/** The plan of the active editor, to be run somewhere else. */
export const copyPlanCommand: GlobalCommand = {
  id: 'libvirt.plan.copy',
  run: async ({ plans: { active } }) => {
    if (!active) return;
    await vscode.env.clipboard.writeText(active.text);
    vscode.window.setStatusBarMessage(t('The script is in the clipboard.'), 3000);
  },
};
