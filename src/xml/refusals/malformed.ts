import type { TextRange, XmlDocument } from '../document.ts';
import { LineIndex } from '../lines.ts';
import type { MaybePlace } from './places.ts';

/**
 * libxml2's words as libvirt passes them on (virXMLParse): the name of the input and the line, the message, the
 * line itself and a caret below it. The scanner has seen the same fault and knows its place better.
 */
export function placeOfMalformed(document: XmlDocument, message: string): MaybePlace {
  const match = /^\([^()\n]+\):(\d+): ([^\n]*)/m.exec(message);
  if (match === null) return undefined;
  const lines = new LineIndex(document.text);
  const mentioned = [match[1], ...(/\bline (\d+)/.exec(match[2] ?? '')?.slice(1) ?? [])].map(
    (n) => Number(n) - 1,
  );
  const fault =
    document.faults.find(({ range }) => mentioned.includes(lines.positionAt(range.start).line)) ??
    document.faults[0];
  if (fault !== undefined) return { range: fault.range, precision: 'token' };
  return { range: lineRange(document.text, lines, mentioned[0] ?? 0), precision: 'element' };
}

/** The line without the white space around its content. */
function lineRange(text: string, lines: LineIndex, line: number): TextRange {
  const start = lines.offsetAt({ line, column: 0 });
  const content = text.slice(start, lines.offsetAt({ line: line + 1, column: 0 }));
  const from = start + content.length - content.trimStart().length;
  return { start: from, end: from + content.trim().length };
}
