import type { TextRange } from '../../../src/xml/document.ts';

/** A text with one place in it: `<a «b»='c'>` is the text `<a b='c'>` and the range of `b`. */
export function marked(withMarks: string): { text: string; range: TextRange } {
  const start = withMarks.indexOf('«');
  const end = withMarks.indexOf('»') - 1;
  return { text: withMarks.replace('«', '').replace('»', ''), range: { start, end } };
}
