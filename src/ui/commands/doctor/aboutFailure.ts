import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { allFailures } from '../../../doctor/allFailures.ts';
import { openFailurePage } from '../../doctor/failurePages.ts';
import type { GlobalCommand } from '../command.ts';

/** The pages of all failures that are known, to look one up by what one sees. */
export const aboutFailureCommand: GlobalCommand = {
  id: 'libvirt.doctor.about',
  run: async () => {
    const items = allFailures
      .map(({ id, page, symptoms }) => {
        const { title, summary } = page();
        return { label: title, detail: summary, description: symptoms[0]?.example ?? '', id };
      })
      .sort((a, b) => a.label.localeCompare(b.label));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: t('Which failure?'),
      matchOnDetail: true,
      matchOnDescription: true,
    });
    if (picked) await openFailurePage(picked.id);
  },
};
