import * as vscode from 'vscode';
import { CancelledError, messageOf, Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { sentences } from '../base/sentences.ts';

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
  const advice = error instanceof Problem ? error.advice : undefined;
  const message = messageOf(error);
  log.error(message);
  if (error instanceof Problem && error.raw !== undefined && error.raw !== '') log.error(error.raw);
  else if (!(error instanceof Problem) && error instanceof Error && error.stack !== undefined)
    log.error(error.stack);
  const showLog = t('Show Log');
  void vscode.window
    .showErrorMessage(sentences(message, advice), ...remedies.map(({ title }) => title), showLog)
    .then((choice) => {
      if (choice === showLog) log.show();
      else void remedies.find(({ title }) => title === choice)?.run();
    });
}
