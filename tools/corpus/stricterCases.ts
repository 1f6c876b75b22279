import type { TextRange } from '../../src/xml/document.ts';
import { spliced } from './edits/page.ts';
import type { Difference } from './differential.ts';
import type { Judge } from './ownEngine.ts';

/** A kind of document that RELAX NG allows and libvirt does not. */
export interface StricterCase {
  readonly name: string;
  /** Whether it is the only reason why our engine refuses the document. */
  readonly explains: (difference: Difference, judge: Judge) => boolean;
}

/** Where our engine follows libvirt, whose library libxml2 is stricter than the standard. */
export const stricterCases: readonly StricterCase[] = [
  { name: 'white space around a number that a pattern restricts', explains: isPaddedValue },
];

/** `<memory> 4 </memory>`, `index='1 '`: the standard takes the white space away first, libxml2 only for limits. */
function isPaddedValue({ schema, text, own, jing }: Difference, judge: Judge): boolean {
  if (jing.length > 0) return false;
  let trimmed = text;
  for (const { range } of [...own].sort((a, b) => b.range.start - a.range.start)) {
    const { start, end } = withSpaceAround(trimmed, range);
    const value = trimmed.slice(start, end);
    if (value === value.trim() || /[<>]/.test(value)) return false;
    trimmed = spliced(trimmed, start, end, value.trim());
  }
  return judge(schema, trimmed).length === 0;
}

/** The name of the first case that explains the difference. */
export function stricterCase(difference: Difference, judge: Judge): string | undefined {
  return stricterCases.find((one) => one.explains(difference, judge))?.name;
}

function withSpaceAround(text: string, range: TextRange): TextRange {
  let { start, end } = range;
  while (/\s/.test(text.charAt(start - 1))) start--;
  while (/\s/.test(text.charAt(end))) end++;
  return { start, end };
}
