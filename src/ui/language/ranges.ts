import * as vscode from 'vscode';
import type { TextRange } from '../../xml/document.ts';

/** A range of a text that is not open as a document. */
export async function toRange(text: string, range: TextRange): Promise<vscode.Range> {
  const { LineIndex } = await import('../../xml/lines.ts');
  const lines = new LineIndex(text);
  const [start, end] = [lines.positionAt(range.start), lines.positionAt(range.end)];
  return new vscode.Range(start.line, start.column, end.line, end.column);
}

/** A range of an open document. */
export function documentRange(document: vscode.TextDocument, range: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}
