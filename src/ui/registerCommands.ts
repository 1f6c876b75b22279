import * as vscode from 'vscode';
import type { CommandServices } from './commands/command.ts';
import { showProblem } from './problems.ts';

/** What is asked of package.json. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/**
 * Registers every command that package.json declares; what they do is loaded when one is used. Whatever one throws is
 * shown.
 */
export function registerCommands(
  { packageJSON }: { readonly packageJSON: Manifest },
  services: CommandServices,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...packageJSON.contributes.commands.map(({ command }) =>
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
