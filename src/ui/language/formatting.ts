import * as vscode from 'vscode';
import type { TextEdit } from '../../xml/edits.ts';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';
import { scannedDocument } from './scannedDocuments.ts';

const loadFormat = () => import('../../xml/format/format.ts');

/** Formats documents and parts of them, and while typing when VS Code is set so. */
export function registerFormatting(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDocumentFormattingEditProvider(languageId, formatting),
    vscode.languages.registerDocumentRangeFormattingEditProvider(languageId, formatting),
    vscode.languages.registerOnTypeFormattingEditProvider(languageId, formatting, '>', '\n'),
  );
}

const formatting: vscode.DocumentFormattingEditProvider &
  vscode.DocumentRangeFormattingEditProvider &
  vscode.OnTypeFormattingEditProvider = {
  async provideDocumentFormattingEdits(document, options) {
    const { formatDocument } = await loadFormat();
    return toEdits(document, formatDocument(await scannedDocument(document), options));
  },

  async provideDocumentRangeFormattingEdits(document, range, options) {
    const { formatRange } = await loadFormat();
    const offsets = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    return toEdits(document, formatRange(await scannedDocument(document), options, offsets));
  },

  async provideOnTypeFormattingEdits(document, position, typed, options) {
    const { formatAfterTag, formatLineBefore } = await loadFormat();
    const format = typed === '>' ? formatAfterTag : formatLineBefore;
    return toEdits(document, format(await scannedDocument(document), options, document.offsetAt(position)));
  },
};

function toEdits(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.TextEdit[] {
  return edits.map(({ range, newText }) => vscode.TextEdit.replace(documentRange(document, range), newText));
}
