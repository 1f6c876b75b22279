/** A set of characters, by code points. */
export interface CharacterClass {
  readonly negated: boolean;
  /** First and last code point of each range. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Sets that are not written as ranges, as those of \p{L}. */
  readonly sets: readonly RegExp[];
  /** What is taken out again: `[a-z-[x]]`. */
  readonly except: CharacterClass | undefined;
}

export function characters(
  ranges: readonly (readonly [number, number])[],
  sets: readonly RegExp[] = [],
): CharacterClass {
  return { negated: false, ranges, sets, except: undefined };
}

/** What a point stands for: any character but the ends of lines. */
export const anyCharacter: CharacterClass = {
  ...characters([
    [0xa, 0xa],
    [0xd, 0xd],
  ]),
  negated: true,
};

export function hasCharacter(set: CharacterClass, codePoint: number): boolean {
  const isListed =
    set.ranges.some(([first, last]) => first <= codePoint && codePoint <= last) ||
    set.sets.some((other) => other.test(String.fromCodePoint(codePoint)));
  return isListed !== set.negated && !(set.except !== undefined && hasCharacter(set.except, codePoint));
}

/** The characters one by one; undefined when they are more than `limit` or not known. */
export function listCharacters(set: CharacterClass, limit: number): string[] | undefined {
  const size = set.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (set.negated || set.sets.length > 0 || size > limit) return undefined;
  const found = new Set<string>();
  for (const [first, last] of set.ranges) {
    for (let code = first; code <= last; code++) {
      if (hasCharacter(set, code)) found.add(String.fromCodePoint(code));
    }
  }
  return [...found];
}
