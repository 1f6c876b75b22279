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

/** Runs the command of that id on the row it was called on, or on one that is picked. */
export async function runCommand(id: string, argument: unknown, services: CommandServices): Promise<void> {
  const command = commandTable.find((candidate) => candidate.id === id);
  if (!command) throw new Error(`package.json declares ${id}, which commandTable.ts does not list.`);
  if (!isObjectCommand(command)) {
    await command.run(services);
    return;
  }
  const node = await objectFor(command, argument, services);
  if (node) await command.run(node, services);
}

/**
 * The row it was called on. From the palette or by a key: the host of the selected row for commands on hosts; for
 * everything else one that is picked, so that nothing happens to a row that is perhaps out of sight.
 */
async function objectFor(
  command: ObjectCommand,
  argument: unknown,
  { explorer }: CommandServices,
): Promise<TargetNode | undefined> {
  if (argument instanceof ExplorerNode) return fits(command.on, argument) ? argument : undefined;
  const selected = explorer.view.selection[0];
  const host = explorer.hosts.find((node) => node.host === selected?.host);
  if (host && fits(command.on, host)) return host;
  return pickObject(command.on, explorer, selected);
}
