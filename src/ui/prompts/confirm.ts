import * as vscode from 'vscode';

/** Asks before something is done that cannot be taken back. The question names the object and its host. */
export async function confirm(question: string, consequence: string, action: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: consequence },
    action,
  );
  return answer === action;
}
