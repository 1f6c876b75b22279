import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import { languageId } from '../../../language/libvirtDocuments.ts';

/**
 * Shows XML in an editor, where it can be changed, and asks.
 * @returns the text as it is when the action is chosen; undefined when it is not
 */
export async function reviewXml(xml: string, question: string, action: string): Promise<string | undefined> {
  const document = await vscode.workspace.openTextDocument({ language: languageId, content: `${xml}\n` });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const closed = new Promise<undefined>((resolve) => {
    const listener = vscode.workspace.onDidCloseTextDocument((one) => {
      if (one !== document) return;
      listener.dispose();
      resolve(undefined);
    });
  });
  const answer = await Promise.race([
    vscode.window.showInformationMessage(question, action, t('Cancel')),
    closed,
  ]);
  if (document.isClosed) return undefined;
  const text = document.getText();
  if (vscode.window.activeTextEditor?.document === editor.document)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return answer === action ? text : undefined;
}
