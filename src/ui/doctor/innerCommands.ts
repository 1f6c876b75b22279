import * as vscode from 'vscode';
import type { Finding, Remedy } from '../../doctor/finding.ts';
import type { CommandServices } from '../commands/command.ts';
import { showProblem } from '../problems.ts';
import { applyRemedyId, explainId, openPageId } from './commandIds.ts';

/** Registers what is called by id from within alone. */
export function registerInnerCommands(services: CommandServices): vscode.Disposable {
  const register = <Args extends unknown[]>(
    id: string,
    run: (...args: Args) => Promise<void>,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (...args: Args) => {
      try {
        await run(...args);
      } catch (error) {
        showProblem(error, services.log);
      }
    });
  return vscode.Disposable.from(
    register(applyRemedyId, async (remedy: Remedy, finding: Finding) => {
      const { applyRemedy } = await import('./applyRemedy.ts');
      await applyRemedy(remedy, finding, services);
    }),
    register(openPageId, async (failure: string) => {
      const { openFailurePage } = await import('./failurePages.ts');
      await openFailurePage(failure);
    }),
    register(explainId, async (error: unknown) => {
      const { explainError } = await import('./runCheckUp.ts');
      await explainError(error, services);
    }),
  );
}
