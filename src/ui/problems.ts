import * as vscode from 'vscode';
import { CancelledError, messageOf, Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { sentences } from '../base/sentences.ts';
import { explainId } from './doctor/commandIds.ts';
import { noteSubject } from './doctor/errorSubjects.ts';

/** A button beside the message. */
export interface Remedy {
  readonly title: string;
  run(): Thenable<unknown>;
}

/** Tells a person that something failed: what happened, what to do next, and the log with the raw text one click away. */
export function showProblem(
  error: unknown,
  log: vscode.LogOutputChannel,
  ...remedies: readonly Remedy[]
): void {
  if (error instanceof CancelledError) return;
  noteSubject(error);
  const advice = error instanceof Problem ? error.advice : undefined;
  const message = messageOf(error);
  log.error(message);
  if (error instanceof Problem && error.raw !== undefined && error.raw !== '') log.error(error.raw);
  else if (!(error instanceof Problem) && error instanceof Error && error.stack !== undefined)
    log.error(error.stack);
  void explanationOf(error).then(async (explain) => {
    const buttons = [...remedies, ...explain];
    const showLog = t('Show Log');
    const titles = [...buttons.map(({ title }) => title), showLog];
    const choice = await vscode.window.showErrorMessage(sentences(message, advice), ...titles);
    if (choice === showLog) log.show();
    else await buttons.find(({ title }) => title === choice)?.run();
  });
}

/** A button, if the doctor knows of a failure that shows so. */
async function explanationOf(error: unknown): Promise<readonly Remedy[]> {
  const [{ allFailures }, { isKnown }] = await Promise.all([
    import('../doctor/allFailures.ts'),
    import('../doctor/complaint.ts'),
  ]);
  if (!isKnown(error, allFailures)) return [];
  return [{ title: t('Explain'), run: () => vscode.commands.executeCommand(explainId, error) }];
}
