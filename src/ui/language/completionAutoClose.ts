import * as vscode from 'vscode';
import { languageId } from './libvirtDocuments.ts';
import { scannedDocument } from './scannedDocuments.ts';

/** Writes the end tag behind the `>` of a start tag, and its name behind `</`, as they are typed. */
export function registerAutoClose(): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument((event) => void closeTag(event));
}

async function closeTag({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): Promise<void> {
  const [change] = contentChanges;
  if (document.languageId !== languageId || reason !== undefined || contentChanges.length !== 1) return;
  if (change?.text !== '>' && change?.text !== '/') return;
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document || !isWanted(document)) return;
  const { version } = document;
  const end = change.rangeOffset + change.text.length;
  const { closingFor } = await import('../../xml/completion/autoClose.ts');
  const closing = closingFor(await scannedDocument(document), end);
  const isLate = document.version !== version || document.offsetAt(editor.selection.active) !== end;
  if (closing === undefined || isLate || editor.selections.length > 1) return;
  const snippet = new vscode.SnippetString();
  if (change.text === '>') snippet.appendTabstop(0);
  snippet.appendText(closing);
  await editor.insertSnippet(snippet, document.positionAt(end));
}

function isWanted(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('editor', document).get('autoClosingBrackets') !== 'never';
}
