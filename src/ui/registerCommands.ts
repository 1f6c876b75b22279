import * as vscode from 'vscode';
import type { CommandServices } from './commands/command.ts';
import { registerInnerCommands } from './doctor/innerCommands.ts';
import { showProblem } from './problems.ts';

/** What is asked of package.json. */
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
  };
}

/**
 * Registers every command that package.json declares; what they do is loaded when one is used. Whatever one throws is
 * shown.
 */
export function registerCommands(
  { packageJSON }: { readonly packageJSON: Manifest },
  parts: Omit<CommandServices, 'titleOf'>,
): vscode.Disposable {
  const { commands } = packageJSON.contributes;
  const titles = new Map(commands.map(({ command, title }) => [command, title]));
  const services: CommandServices = { ...parts, titleOf: (id) => titles.get(id) ?? id };
  return vscode.Disposable.from(
    registerInnerCommands(services),
    ...commands.map(({ command }) =>
      vscode.commands.registerCommand(command, async (argument: unknown, selection: unknown) => {
        try {
          const { runCommand } = await import('./commands/runCommand.ts');
          await runCommand(command, argument, selection, services);
        } catch (error) {
          showProblem(error, services.log);
        }
      }),
    ),
  );
}
