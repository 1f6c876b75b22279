import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { ExplorerNode } from '../../explorer/node.ts';
import { isObjectCommand, type GlobalCommand, type ObjectCommand } from '../command.ts';
import { focusedRows } from '../focusedRows.ts';
import { runOnRows, targetsAmong } from '../runOnRows.ts';

/** Everything that can be done to the focused rows, in a list that is searched by typing: what the menu is to a mouse. */
export const rowActionsCommand: GlobalCommand = {
  id: 'libvirt.tree.actions',
  run: async (services) => {
    const rows = await focusedRows(services.explorer);
    const commands = await commandsFor(rows);
    if (commands.length === 0) {
      void vscode.window.showInformationMessage(t('There is nothing that can be done to this row now.'));
      return;
    }
    const chosen = await vscode.window.showQuickPick(
      commands.map((command) => ({ label: services.titleOf(command.id), command })),
      { title: titleFor(rows), placeHolder: t('What is to be done?') },
    );
    if (!chosen) return;
    await runOnRows(chosen.command, rows, services);
  },
};

async function commandsFor(rows: readonly ExplorerNode[]): Promise<readonly ObjectCommand[]> {
  if (rows.length === 0) return [];
  // The table lists this command too.
  const { commandTable } = await import('../commandTable.ts');
  return commandTable
    .filter(isObjectCommand)
    .filter(({ on, bulk }) => (rows.length === 1 || bulk) && targetsAmong(rows, on).length === rows.length);
}

function titleFor(rows: readonly ExplorerNode[]): string {
  const [row] = rows;
  if (rows.length !== 1 || !row) return t('{0} rows', rows.length);
  const { label } = row.item();
  return typeof label === 'string' ? label : '';
}
