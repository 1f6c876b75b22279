import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';

/** Asks before something is done that cannot be taken back. The question names the object and its host. */
export async function confirm(question: string, consequence: string, action: string): Promise<boolean> {
  return (await confirmOneOf(question, consequence, [action])) === action;
}

/** The same where it can be done in several ways. @returns the action that was chosen */
export async function confirmOneOf(
  question: string,
  consequence: string,
  actions: readonly string[],
): Promise<string | undefined> {
  return vscode.window.showWarningMessage(question, { modal: true, detail: consequence }, ...actions);
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
  return confirm(question, `${namesOf(objects)}\n\n${consequence}`, action);
}

/** The objects with their hosts, one a line, as far as a dialog has room. */
export function namesOf(objects: readonly Named[]): string {
  const names = objects.slice(0, listed).map(({ name, host }) => t('{0} on {1}', name, host.name));
  const more = objects.length - names.length;
  return [...names, ...(more > 0 ? [t('and {0} more', more)] : [])].join('\n');
}
