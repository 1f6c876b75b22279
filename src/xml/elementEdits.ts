import type { XmlDocument, XmlElement } from './document.ts';
import type { TextEdit } from './edits.ts';
import { indentationAt } from './indentation.ts';

/** Takes an element away; with its lines when nothing else is on them. */
export function removeElement({ text }: XmlDocument, { range }: XmlElement): TextEdit {
  const { start, end } = range;
  const indentation = indentationAt(text, start);
  const restOfLine = /[ \t]*(?:\r\n|\r|\n|$)/y;
  restOfLine.lastIndex = end;
  const behind = restOfLine.exec(text)?.[0];
  if (indentation === undefined || behind === undefined) return { range, newText: '' };
  return { range: { start: start - indentation.length, end: end + behind.length }, newText: '' };
}
