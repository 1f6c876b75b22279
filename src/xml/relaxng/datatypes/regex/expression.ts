import { listCharacters } from './characterClass.ts';
import type { CharacterClass } from './characterClass.ts';

/** A regular expression as it is read. */
export type Expression =
  | { readonly kind: 'characters'; readonly set: CharacterClass }
  | { readonly kind: 'sequence' | 'alternatives'; readonly parts: readonly Expression[] }
  | {
      readonly kind: 'repeat';
      readonly repeated: Expression;
      readonly least: number;
      /** Infinity when there is no limit. */
      readonly most: number;
    };

/** All texts that match, when they are at most `limit`; undefined when they are more. */
export function textsOf(expression: Expression, limit: number): readonly string[] | undefined {
  switch (expression.kind) {
    case 'characters':
      return listCharacters(expression.set, limit);
    case 'alternatives': {
      const all = new Set<string>();
      for (const part of expression.parts) {
        const texts = textsOf(part, limit);
        if (texts === undefined || all.size + texts.length > limit) return undefined;
        for (const text of texts) all.add(text);
      }
      return [...all];
    }
    case 'sequence':
      return expression.parts.reduce<readonly string[] | undefined>(
        (before, part) => before && joined(before, textsOf(part, limit), limit),
        [''],
      );
    case 'repeat': {
      const { repeated, least, most } = expression;
      if (most > limit) return undefined;
      const texts = textsOf(repeated, limit);
      let round: readonly string[] | undefined = [''];
      const all: string[] = least === 0 ? [''] : [];
      for (let count = 1; count <= most; count++) {
        round = joined(round, texts, limit);
        if (round === undefined) return undefined;
        if (count >= least) all.push(...round);
        if (all.length > limit) return undefined;
      }
      return [...new Set(all)];
    }
  }
}

function joined(
  before: readonly string[],
  after: readonly string[] | undefined,
  limit: number,
): readonly string[] | undefined {
  if (after === undefined || before.length * after.length > limit) return undefined;
  return before.flatMap((start) => after.map((end) => start + end));
}
