import * as vscode from 'vscode';
import type { OutlineEntry } from '../../xml/outline/outlineEntry.ts';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';
import { scannedDocument } from './scannedDocuments.ts';

/** Outline, breadcrumbs and "Go to Symbol". */
export function registerOutline(): vscode.Disposable {
  return vscode.languages.registerDocumentSymbolProvider(
    languageId,
    {
      async provideDocumentSymbols(document) {
        const { outlineOf } = await import('../../xml/outline/outline.ts');
        const entries = outlineOf(await scannedDocument(document));
        return entries.map((entry) => symbolOf(document, entry));
      },
    },
    { label: 'Libvirt XML' },
  );
}

function symbolOf(document: vscode.TextDocument, entry: OutlineEntry): vscode.DocumentSymbol {
  const symbol = new vscode.DocumentSymbol(
    entry.name,
    entry.detail,
    vscode.SymbolKind[entry.kind],
    documentRange(document, entry.range),
    documentRange(document, entry.selectionRange),
  );
  symbol.children = entry.children.map((child) => symbolOf(document, child));
  return symbol;
}
