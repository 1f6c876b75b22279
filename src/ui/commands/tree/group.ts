import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { Grouping } from '../../explorer/grouping.ts';
import type { GlobalCommand } from '../command.ts';

export const groupTreeCommand: GlobalCommand = {
  id: 'libvirt.tree.group',
  run: async ({ explorer: { options } }) => {
    const choices: readonly (vscode.QuickPickItem & { readonly grouping: Grouping })[] = [
      { grouping: 'none', label: t('Not Grouped'), detail: t('All domains of a host in one list') },
      { grouping: 'state', label: t('By State'), detail: t('Running, paused, shut off …') },
      {
        grouping: 'prefix',
        label: t('By Name'),
        detail: t('What stands before the first number, hyphen, dot or underscore: web-01 and web-02 in web'),
      },
    ];
    const chosen = await vscode.window.showQuickPick(
      choices.map((choice) => ({
        ...choice,
        ...(choice.grouping === options.grouping && { description: t('as it is now') }),
      })),
      { title: t('Group Domains') },
    );
    if (chosen) options.setGrouping(chosen.grouping);
  },
};
