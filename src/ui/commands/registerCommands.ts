import * as vscode from 'vscode';
import { ExplorerNode } from '../explorer/node.ts';
import { showProblem } from '../problems.ts';
import {
  fits,
  isObjectCommand,
  type Command,
  type CommandServices,
  type ObjectCommand,
  type TargetNode,
} from './command.ts';
import { commandTable } from './commandTable.ts';
import { pickObject } from './pickObject.ts';

/** Registers every command of the table; whatever one throws is shown. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandTable.map((command) =>
      vscode.commands.registerCommand(command.id, async (argument: unknown) => {
        try {
          await runCommand(command, argument, services);
        } catch (error) {
          showProblem(error, services.log);
        }
      }),
    ),
  );
}

async function runCommand(command: Command, argument: unknown, services: CommandServices): Promise<void> {
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
