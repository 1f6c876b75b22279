import * as vscode from 'vscode';
import { looksLikeLibvirtXml } from '../../xml/roots.ts';
import { documentScheme, liveScheme } from '../documents/documentUri.ts';

export const languageId = 'libvirt-xml';

/** Where our language features are offered. Plain XML is looked at first and left alone when it is not libvirt's. */
export const documentSelector: vscode.DocumentSelector = [
  { language: languageId },
  { scheme: documentScheme, language: 'xml' },
  { language: 'xml' },
];

/** Whether a document holds libvirt's XML. */
export function isLibvirtDocument(document: vscode.TextDocument): boolean {
  if (document.uri.scheme === documentScheme || document.languageId === languageId) return true;
  return document.languageId === 'xml' && looksLikeLibvirtXml(document.getText());
}

/** Gives documents of hosts, and XML files with a root of libvirt's, the language that knows them. */
export function setLanguages(): vscode.Disposable {
  const set = async (document: vscode.TextDocument): Promise<void> => {
    const fromHost = document.uri.scheme === documentScheme || document.uri.scheme === liveScheme;
    if (document.languageId !== languageId && (fromHost || isLibvirtDocument(document))) {
      await vscode.languages.setTextDocumentLanguage(document, languageId);
    }
  };
  for (const document of vscode.workspace.textDocuments) void set(document);
  return vscode.workspace.onDidOpenTextDocument((document) => void set(document));
}
