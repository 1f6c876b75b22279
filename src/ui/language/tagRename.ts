import * as vscode from 'vscode';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';
import { scannedDocument } from './scannedDocuments.ts';

/** Both tags of an element are shown together, and change together where VS Code is set so (editor.linkedEditing). */
export function registerTagRename(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerLinkedEditingRangeProvider(languageId, {
      async provideLinkedEditingRanges(document, position) {
        const { areTwins, tagNamesAt } = await import('../../xml/tags.ts');
        const xml = await scannedDocument(document);
        const names = tagNamesAt(xml, document.offsetAt(position));
        if (names === undefined || !areTwins(xml, names)) return undefined;
        const ranges = [names.start, names.end].map((range) => documentRange(document, range));
        return new vscode.LinkedEditingRanges(ranges, /[^\s<>/'"=]+/);
      },
    }),
    vscode.languages.registerDocumentHighlightProvider(languageId, {
      async provideDocumentHighlights(document, position) {
        const { tagNamesAt } = await import('../../xml/tags.ts');
        const names = tagNamesAt(await scannedDocument(document), document.offsetAt(position));
        if (names === undefined) return undefined;
        return [names.start, names.end].map(
          (range) => new vscode.DocumentHighlight(documentRange(document, range)),
        );
      },
    }),
  );
}
