import * as vscode from 'vscode';

/** As `confirm`, of several ways to do it. @returns undefined when the person thinks better of it */
export async function chooseInDialog<Action extends string>(
  question: string,
  consequence: string,
  actions: readonly Action[],
): Promise<Action | undefined> {
  return vscode.window.showWarningMessage(question, { modal: true, detail: consequence }, ...actions);
}
