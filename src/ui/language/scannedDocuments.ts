import type * as vscode from 'vscode';
import type { XmlDocument } from '../../xml/document.ts';

const scanned = new WeakMap<vscode.TextDocument, { readonly version: number; readonly xml: XmlDocument }>();

/** The document as it is now, read once for each version of it. */
export async function scannedDocument(document: vscode.TextDocument): Promise<XmlDocument> {
  const { scan } = await import('../../xml/scanner/scan.ts');
  const known = scanned.get(document);
  if (known?.version === document.version) return known.xml;
  const xml = scan(document.getText());
  scanned.set(document, { version: document.version, xml });
  return xml;
}
