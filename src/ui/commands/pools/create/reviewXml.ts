import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import { languageId } from '../../../language/libvirtDocuments.ts';

export interface Review {
  readonly question: string;
  readonly action: string;
  /** Done with the text as it is by then. When it fails, the text stays and can be tried again. */
  readonly act: (xml: string) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Shows XML in an editor, where it can be changed, and asks whether to go on with it. Closing the editor says no. */
export async function reviewXml(xml: string, { question, action, act, failed }: Review): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: languageId, content: `${xml}\n` });
  await vscode.window.showTextDocument(document, { preview: false });
  const closed = new Promise<undefined>((resolve) => {
    const listener = vscode.workspace.onDidCloseTextDocument((one) => {
      if (one !== document) return;
      listener.dispose();
      resolve(undefined);
    });
  });
  for (;;) {
    const asked = vscode.window.showInformationMessage(question, action, t('Cancel'));
    if ((await Promise.race([asked, closed])) !== action || document.isClosed) break;
    try {
      await act(document.getText());
      break;
    } catch (error) {
      failed(error);
    }
  }
  await close(document);
}

/** Without asking whether to keep it. */
async function close(document: vscode.TextDocument): Promise<void> {
  if (document.isClosed) return;
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
