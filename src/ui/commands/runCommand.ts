import { ExplorerNode } from '../explorer/node.ts';
import {
  fits,
  isObjectCommand,
  type CommandServices,
  type ObjectCommand,
  type TargetNode,
} from './command.ts';
import { commandTable } from './commandTable.ts';
import { pickObject } from './pickObject.ts';
import { runInBulk } from './runInBulk.ts';

/** What a key binding says to have a command run on the rows that are selected in the focused tree. */
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
  const nodes = await nodesFor(command, argument, selection, services);
  const [node] = nodes;
  if (nodes.length > 1 && command.bulk) await runInBulk(command.bulk, nodes, services);
  else if (node) await command.run(node, services);
}

/**
 * The rows it was called on. From the palette: the host of the selected row for commands on hosts; for everything else
 * one that is picked, so that nothing happens to a row that is perhaps out of sight.
 */
async function nodesFor(
  { on }: ObjectCommand,
  argument: unknown,
  selection: unknown,
  { explorer }: CommandServices,
): Promise<readonly TargetNode[]> {
  const selected = explorer.view.selection;
  if (argument === onSelection) return targetsAmong(selected, on);
  if (argument instanceof ExplorerNode) {
    const rows: readonly unknown[] = Array.isArray(selection) ? selection : [argument];
    return targetsAmong(
      rows.filter((row) => row instanceof ExplorerNode),
      on,
    );
  }
  const host = explorer.hosts.find((node) => node.host === selected[0]?.host);
  if (host && fits(on, host)) return [host];
  const picked = await pickObject(on, explorer, selected[0]);
  return picked ? [picked] : [];
}

/** A row that only shows the command for its host stands for that host. */
function targetsAmong(rows: readonly ExplorerNode[], on: ObjectCommand['on']): readonly TargetNode[] {
  return rows
    .map((row) => (row.kind === 'group' && on.groups ? row.parent : row))
    .filter((row) => row !== undefined)
    .filter((row) => fits(on, row));
}
