import { type CharacterClass, hasCharacter } from '../../relaxng/datatypes/regex/characterClass.ts';
import type { Expression } from '../../relaxng/datatypes/regex/expression.ts';

/** Longer samples are of no help to anybody. */
const longest = 200;
const likedCharacters = ['a', '0', '1', 'A', '/', '.', ':', '-', '_', ' '];

/** A short text that matches, of the first of all alternatives; undefined when none is found. */
export function expressionSample(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'characters':
      return characterOf(expression.set);
    case 'alternatives':
      return expression.parts[0] && expressionSample(expression.parts[0]);
    case 'sequence': {
      const samples = expression.parts.map(expressionSample);
      return samples.includes(undefined) ? undefined : shortEnough(samples.join(''));
    }
    case 'repeat': {
      if (expression.least === 0) return '';
      const sample = expressionSample(expression.repeated);
      if (sample === undefined || sample.length * expression.least > longest) return undefined;
      return sample.repeat(expression.least);
    }
  }
}

function characterOf(set: CharacterClass): string | undefined {
  const liked = likedCharacters.find((character) => hasCharacter(set, character.charCodeAt(0)));
  if (liked !== undefined) return liked;
  const first = set.ranges[0]?.[0];
  return first !== undefined && hasCharacter(set, first) ? String.fromCodePoint(first) : undefined;
}

function shortEnough(text: string): string | undefined {
  return text.length > longest ? undefined : text;
}
