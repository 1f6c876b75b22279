import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { GlobalCommand } from '../command.ts';

export const copyRemedyCommand: GlobalCommand = {
  id: 'libvirt.host.copyRemedy',
  run: async ({ connectionView: { remedy } }) => {
    if (remedy === undefined) return;
    await vscode.env.clipboard.writeText(remedy);
    void vscode.window.showInformationMessage(t('Copied: {0}', remedy));
  },
};
