import type { TextRange, XmlDocument } from '../document.ts';
import type { TextEdit } from '../edits.ts';
import { indentationAt } from '../indentation.ts';
import { LineIndex } from '../lines.ts';
import { elementsOf } from '../queries.ts';
import { lineEnds } from './blank.ts';
import { Columns } from './columns.ts';
import type { FormatOptions } from './formatOptions.ts';
import { Formatter } from './formatter.ts';

/**
 * The edits that lay the document out as libvirt writes: an element a line, at most one empty line. Only white space
 * that no value depends on is changed; texts, comments, CDATA sections and attributes stay as they are.
 */
export function formatDocument(document: XmlDocument, options: FormatOptions): TextEdit[] {
  const formatter = new Formatter(document, new Columns(options));
  formatter.layOutDocument(document);
  return formatter.edits.sort((a, b) => a.range.start - b.range.start);
}

/** As {@link formatDocument}, of what the range and the indentation in front of it touch. */
export function formatRange(document: XmlDocument, options: FormatOptions, range: TextRange): TextEdit[] {
  const indentation = indentationAt(document.text, range.start) ?? '';
  const start = range.start - indentation.length;
  return formatDocument(document, options).filter(
    (edit) => edit.range.start <= range.end && edit.range.end >= start,
  );
}

/** After a `>`: indents the lines of the tag or element that it ends. Lines are neither parted nor joined. */
export function formatAfterTag(document: XmlDocument, options: FormatOptions, offset: number): TextEdit[] {
  for (const { range, startTagRange } of elementsOf(document)) {
    if (startTagRange.end === offset) return indentations(document, options, startTagRange);
    if (range.end === offset) return indentations(document, options, range);
  }
  return [];
}

/** After a line end: indents the line before. `offset` is in the new line. */
export function formatLineBefore(document: XmlDocument, options: FormatOptions, offset: number): TextEdit[] {
  const lines = new LineIndex(document.text);
  const { line } = lines.positionAt(offset);
  const start = lines.offsetAt({ line: line - 1, column: 0 });
  const written = document.text.slice(start, lines.offsetAt({ line, column: 0 })).trimEnd();
  return line === 0 || written === ''
    ? []
    : indentations(document, options, { start, end: start + written.length });
}

/** The edits that leave lines and the white space behind the range alone. */
function indentations(document: XmlDocument, options: FormatOptions, range: TextRange): TextEdit[] {
  return formatRange(document, options, range).filter(
    (edit) =>
      edit.range.start < range.end &&
      lineEnds(edit.newText) === 0 &&
      lineEnds(document.text.slice(edit.range.start, edit.range.end)) === 0,
  );
}
