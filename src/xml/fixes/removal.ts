import type { TextRange } from '../document.ts';
import type { TextEdit } from '../edits.ts';
import { indentationAt } from '../indentation.ts';

/** Takes out what is in the range; the whole line where nothing else stands on it. */
export function removal(text: string, range: TextRange): TextEdit {
  const indentation = indentationAt(text, range.start);
  const lineEnd = /[ \t]*(?:\r\n|\n|\r|$)/y;
  lineEnd.lastIndex = range.end;
  const rest = lineEnd.exec(text);
  if (indentation === undefined || rest === null) return { range, newText: '' };
  return {
    range: { start: range.start - indentation.length, end: range.end + rest[0].length },
    newText: '',
  };
}

/** Takes out what is in a tag, with the white space before it. */
export function removalInTag(text: string, range: TextRange): TextEdit {
  const start = text.slice(0, range.start).trimEnd().length;
  return { range: { start, end: range.end }, newText: '' };
}
