import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { CommandServices } from '../commands/command.ts';
import { documentAddress, documentScheme } from '../documents/documentUri.ts';
import { showProblem } from '../problems.ts';
import { NewDomainDraft } from './newDomainDraft.ts';

const createId = 'libvirt.draft.create';
const discardId = 'libvirt.draft.discard';
let isOffered = false;

/** Shows below the first line of each draft what can be done with it. */
export function offerOnDrafts({ files, log }: CommandServices): void {
  if (isOffered) return;
  isOffered = true;
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: files.drafts.onDidChange,
    provideCodeLenses: ({ uri, lineCount }) => {
      if (!(files.drafts.get(uri) instanceof NewDomainDraft)) return [];
      // Above the first line it would be out of sight: an editor that shows that line at its top stays there.
      const line = Math.min(1, lineCount - 1);
      const top = new vscode.Range(line, 0, line, 0);
      const host = documentAddress(uri)?.host ?? '';
      const lens = (title: string, command: string): vscode.CodeLens =>
        new vscode.CodeLens(top, { title, command, arguments: [uri] });
      return [
        lens(`$(check) ${t('Create on {0}…', host)}`, createId),
        lens(`$(trash) ${t('Discard')}`, discardId),
      ];
    },
  };
  vscode.languages.registerCodeLensProvider({ scheme: documentScheme }, provider);
  vscode.commands.registerCommand(createId, async (uri: vscode.Uri) => {
    await vscode.window.showTextDocument(uri, { preview: false });
    await vscode.commands.executeCommand('workbench.action.files.save');
  });
  vscode.commands.registerCommand(discardId, async (uri: vscode.Uri) => {
    const draft = files.drafts.get(uri);
    try {
      if (draft instanceof NewDomainDraft) await draft.offerToDelete(undefined);
    } catch (error) {
      showProblem(error, log);
      return;
    }
    await vscode.window.showTextDocument(uri, { preview: false });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    files.drafts.delete(uri);
    if (draft instanceof NewDomainDraft) draft.dispose();
  });
}
