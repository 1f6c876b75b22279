import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';

/** Asks before something is done that cannot be taken back. The question names the object and its host. */
export async function confirm(question: string, consequence: string, action: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: consequence },
    action,
  );
  return answer === action;
}

interface Named {
  readonly name: string;
  readonly host: { readonly name: string };
}

/** How many names a dialog has room for. */
const listed = 12;

/** The same of several: the dialog lists them with their hosts. */
export async function confirmAll(
  objects: readonly Named[],
  question: string,
  consequence: string,
  action: string,
): Promise<boolean> {
  const names = objects.slice(0, listed).map(({ name, host }) => t('{0} on {1}', name, host.name));
  const more = objects.length - names.length;
  const rest = more > 0 ? [t('and {0} more', more)] : [];
  return confirm(question, [...names, ...rest, '', consequence].join('\n'), action);
}
