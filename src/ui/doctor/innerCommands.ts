import * as vscode from 'vscode';
import type { Finding, Remedy } from '../../doctor/finding.ts';
import type { CommandServices } from '../commands/command.ts';
import { showProblem } from '../problems.ts';
import { applyRemedyId, explainId, openPageId } from './commandIds.ts';

/** Registers what is called by id from within alone. */
export function registerInnerCommands(services: CommandServices): vscode.Disposable {
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      showProblem(error, services.log);
    }
  };
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand(applyRemedyId, (remedy: Remedy, finding: Finding) =>
      guarded(async () => {
        const { applyRemedy } = await import('./applyRemedy.ts');
        await applyRemedy(remedy, finding, services);
      }),
    ),
    registerCommand(openPageId, (failure: string) =>
      guarded(async () => {
        const { openFailurePage } = await import('./failurePages.ts');
        await openFailurePage(failure);
      }),
    ),
    registerCommand(explainId, (error: unknown) =>
      guarded(async () => {
        const { explainError } = await import('./runCheckUp.ts');
        await explainError(error, services);
      }),
    ),
  );
}
