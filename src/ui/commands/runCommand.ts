import { ExplorerNode } from '../explorer/node.ts';
import { fits, isObjectCommand, type CommandServices, type ObjectCommand } from './command.ts';
import { commandTable } from './commandTable.ts';
import { focusedRows } from './focusedRows.ts';
import { pickObject } from './pickObject.ts';
import { runOnRows } from './runOnRows.ts';

/** What a key binding says to have a command run on the focused and selected rows of the tree. */
export const onSelection = 'selection';

/**
 * Runs the command of that id.
 * @param argument the row it was called on, {@link onSelection}, or nothing
 * @param selection all selected rows, when the one it was called on is among them
 */
export async function runCommand(
  id: string,
  argument: unknown,
  selection: unknown,
  services: CommandServices,
): Promise<void> {
  const command = commandTable.find((candidate) => candidate.id === id);
  if (!command) throw new Error(`package.json declares ${id}, which commandTable.ts does not list.`);
  if (!isObjectCommand(command)) {
    await command.run(services);
    return;
  }
  await runOnRows(command, await rowsFor(command, argument, selection, services), services);
}

/**
 * The rows it was called on. From the palette: the host of the selected row for commands on hosts; for everything else
 * one that is picked, so that nothing happens to a row that is perhaps out of sight.
 */
async function rowsFor(
  { on }: ObjectCommand,
  argument: unknown,
  selection: unknown,
  { explorer }: CommandServices,
): Promise<readonly ExplorerNode[]> {
  if (argument === onSelection) return focusedRows(explorer);
  if (argument instanceof ExplorerNode) {
    const rows: readonly unknown[] = Array.isArray(selection) ? selection : [argument];
    return rows.filter((row) => row instanceof ExplorerNode);
  }
  const [selected] = explorer.view.selection;
  const host = explorer.hosts.find((node) => node.host === selected?.host);
  if (host && fits(on, host)) return [host];
  const picked = await pickObject(on, explorer, selected);
  return picked ? [picked] : [];
}
