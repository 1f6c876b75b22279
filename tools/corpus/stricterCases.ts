import type { TextRange } from '../../src/xml/document.ts';
import type { Difference } from './differential.ts';
import { spliced } from './edits/page.ts';
import type { Judge } from './ownEngine.ts';
import { askOnTexts } from './referees/onTexts.ts';
import { askXmllint } from './referees/xmllint.ts';

/** A kind of value that RELAX NG allows and libvirt does not. */
export interface StricterCase {
  readonly name: string;
  /** The value as libvirt takes it; undefined when it is not of this kind. */
  readonly mend: (value: string) => string | undefined;
}

/** Where our engine follows libvirt, whose library libxml2 is stricter than the standard. */
export const stricterCases: readonly StricterCase[] = [
  {
    // `<memory> 4 </memory>`, `index='1 '`: the standard takes the white space away before it looks at the pattern.
    name: 'white space around a number that a pattern restricts',
    mend: (value) => (value === value.trim() ? undefined : value.trim()),
  },
  {
    // `delay='-0'`, `port='+1'`: to the standard a number without a sign is what it is worth.
    name: 'a sign before a number that is to have none',
    mend: (value) => /^(?:\+|-(?=0+$))(\d+)$/.exec(value)?.[1],
  },
];

export interface Explained {
  readonly difference: Difference;
  /** Which cases it is; undefined when they do not explain it, or libvirt's own library takes the document. */
  readonly reason: string | undefined;
}

export async function explainDifferences(
  schemaFolder: string,
  differences: readonly Difference[],
  judge: Judge,
): Promise<Explained[]> {
  const libvirt = await askOnTexts(askXmllint, schemaFolder, differences);
  return differences.map((difference, at) => ({
    difference,
    reason: libvirt[at]?.length === 0 ? undefined : stricterCase(difference, judge),
  }));
}

/**
 * Which cases explain that our engine refuses the document and jing does not: with all that it refuses mended, it takes
 * the document. undefined when they do not explain it.
 */
export function stricterCase({ schema, text, own, jing }: Difference, judge: Judge): string | undefined {
  if (jing.length > 0) return undefined;
  const names = new Set<string>();
  let mended = text;
  for (const { range } of [...own].sort((a, b) => b.range.start - a.range.start)) {
    const { start, end } = withSpaceAround(mended, range);
    const value = mended.slice(start, end);
    const found = stricterCases.find(({ mend }) => mend(value) !== undefined);
    const better = found?.mend(value);
    if (found === undefined || better === undefined || /[<>]/.test(value)) return undefined;
    names.add(found.name);
    mended = spliced(mended, start, end, better);
  }
  return judge(schema, mended).length === 0 ? [...names].join(' and ') : undefined;
}

function withSpaceAround(text: string, range: TextRange): TextRange {
  let { start, end } = range;
  while (/\s/.test(text.charAt(start - 1))) start--;
  while (/\s/.test(text.charAt(end))) end++;
  return { start, end };
}
