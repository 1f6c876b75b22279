import * as vscode from 'vscode';
import { documentScheme, liveScheme } from '../documents/documentUri.ts';

export const languageId = 'libvirt-xml';

/**
 * Gives documents of hosts, and XML files with a root of libvirt's, the language that knows them. All other XML is left
 * alone.
 */
export function setLanguages(): vscode.Disposable {
  for (const document of vscode.workspace.textDocuments) void setLanguage(document);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => void setLanguage(document)),
    vscode.workspace.onDidSaveTextDocument((document) => void setLanguage(document)),
  );
}

async function setLanguage(document: vscode.TextDocument): Promise<void> {
  if (document.languageId === languageId || !(await isLibvirts(document)) || document.isClosed) return;
  await vscode.languages.setTextDocumentLanguage(document, languageId);
}

async function isLibvirts(document: vscode.TextDocument): Promise<boolean> {
  const { scheme } = document.uri;
  if (scheme === documentScheme || scheme === liveScheme) return true;
  if (document.languageId !== 'xml') return false;
  const { looksLikeLibvirtXml } = await import('../../xml/roots.ts');
  return looksLikeLibvirtXml(document.getText());
}
