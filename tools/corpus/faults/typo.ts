import type { Random } from '../random.ts';

/** The word with a slip of the fingers in it: letters swapped, one left out, doubled or another. */
export function typo(word: string, random: Random): string {
  if (word.length < 3) return `${word}x`;
  const at = 1 + random.below(word.length - 2);
  const [before, letter = '', after] = [word.slice(0, at), word[at], word.slice(at + 1)];
  const slips = [
    before + after.slice(0, 1) + letter + after.slice(1),
    before + after,
    before + letter + letter + after,
    `${before}q${after}`,
  ];
  const slip = random.pick(slips) ?? word;
  return slip === word ? `${word}x` : slip;
}
