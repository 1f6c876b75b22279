import * as vscode from 'vscode';
import { eventually } from './waiting.ts';

export async function openDocument(uri: vscode.Uri | string): Promise<vscode.TextEditor> {
  const target = typeof uri === 'string' ? vscode.Uri.parse(uri) : uri;
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(target), { preview: false });
}

/** The document of a URI as it is open now: changing the language of a document replaces its object. */
export function current(uri: vscode.Uri): vscode.TextDocument {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (!document) throw new Error(`${uri.toString()} is not open.`);
  return document;
}

export async function replace(uri: vscode.Uri, text: string, by: string): Promise<void> {
  const document = current(uri);
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`There is no ${text} in ${uri.toString()}.`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    uri,
    new vscode.Range(document.positionAt(start), document.positionAt(start + text.length)),
    by,
  );
  await vscode.workspace.applyEdit(edit);
}

/** The first diagnostic with that code. */
export function diagnostic(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
  return eventually(
    () => vscode.languages.getDiagnostics(uri).find((found) => codeOf(found) === code),
    `${code} in ${uri.toString()}`,
  );
}

export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The word of a finding, with or without a link behind it. */
export function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}
