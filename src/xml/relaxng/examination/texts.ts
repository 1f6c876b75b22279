import type { TextRange, XmlElement } from '../../document.ts';

/** Text between two children, comments in it left out. */
export interface TextPiece {
  readonly text: string;
  /** From the first to the last character that is not white space. */
  readonly range: TextRange;
}

/** The children and the texts between them, in order. */
export function contentOf(element: XmlElement): readonly (XmlElement | TextPiece)[] {
  const pieces: (XmlElement | TextPiece)[] = [];
  let text: TextPiece | undefined;
  const flush = (): void => {
    if (text !== undefined) pieces.push(text);
    text = undefined;
  };
  for (const child of element.children) {
    if (child.kind === 'element') {
      flush();
      pieces.push(child);
    } else if (child.kind === 'text' || child.kind === 'cdata') {
      text = joined(text, child.value, child.range, child.kind === 'cdata');
    }
  }
  flush();
  return pieces;
}

function joined(before: TextPiece | undefined, text: string, range: TextRange, isExact: boolean): TextPiece {
  const isEmpty = text.trim() === '';
  const start = range.start + (isExact ? 0 : text.length - text.trimStart().length);
  const end = range.end - (isExact ? 0 : text.length - text.trimEnd().length);
  if (before === undefined) return { text, range: isEmpty ? range : { start, end } };
  const isBlankBefore = before.text.trim() === '';
  return {
    text: before.text + text,
    range: isEmpty ? before.range : isBlankBefore ? { start, end } : { start: before.range.start, end },
  };
}
