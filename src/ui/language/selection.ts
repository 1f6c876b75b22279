import * as vscode from 'vscode';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';
import { scannedDocument } from './scannedDocuments.ts';

/** "Expand Selection": value, attribute, tag, element, content ... */
export function registerSelection(): vscode.Disposable {
  return vscode.languages.registerSelectionRangeProvider(languageId, {
    async provideSelectionRanges(document, positions) {
      const { selectionsAt } = await import('../../xml/selection.ts');
      const xml = await scannedDocument(document);
      return positions.map((position) => {
        const ranges = selectionsAt(xml, document.offsetAt(position));
        const outermost = ranges.pop() ?? { start: 0, end: 0 };
        return ranges.reduceRight(
          (parent, range) => new vscode.SelectionRange(documentRange(document, range), parent),
          new vscode.SelectionRange(documentRange(document, outermost)),
        );
      });
    },
  });
}
