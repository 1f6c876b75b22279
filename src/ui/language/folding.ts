import * as vscode from 'vscode';
import { languageId } from './libvirtDocuments.ts';
import { scannedDocument } from './scannedDocuments.ts';

const kinds = {
  element: undefined,
  comment: vscode.FoldingRangeKind.Comment,
  region: vscode.FoldingRangeKind.Region,
} as const;

export function registerFolding(): vscode.Disposable {
  return vscode.languages.registerFoldingRangeProvider(languageId, {
    async provideFoldingRanges(document) {
      const { foldingRanges } = await import('../../xml/folding.ts');
      return foldingRanges(await scannedDocument(document)).map(
        ({ startLine, endLine, kind }) => new vscode.FoldingRange(startLine, endLine, kinds[kind]),
      );
    },
  });
}
