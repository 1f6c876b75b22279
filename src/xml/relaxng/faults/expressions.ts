import { t } from '../../../base/l10n.ts';
import type { Facet } from '../datatypes/datatype.ts';
import type { CharacterClass } from '../datatypes/regex/characterClass.ts';
import type { Expression } from '../datatypes/regex/expression.ts';
import { parseExpression } from '../datatypes/regex/parse.ts';

/** What a pattern asks for when it only says which characters a text may have; else that the text must match it. */
export function expressionInWords(facets: readonly Facet[]): string | undefined {
  const [pattern, second] = facets.filter(({ name }) => name === 'pattern');
  if (pattern === undefined || second !== undefined) return lengthInWords(facets);
  const expression = parseExpression(pattern.value);
  if (expression.kind === 'repeat' && expression.repeated.kind === 'characters') {
    return ofCharacters(expression.repeated.set, expression);
  }
  return t('text that matches {0}', pattern.value);
}

function lengthInWords(facets: readonly Facet[]): string | undefined {
  const most = facets.find(({ name }) => name === 'maxLength');
  return most && t('text of at most {0} characters', most.value.trim());
}

function ofCharacters(set: CharacterClass, { least, most }: Extract<Expression, { kind: 'repeat' }>): string {
  const characters = set.ranges.map(rangeInWords).join(' ');
  const isShort = most !== Infinity && most <= 1000;
  if (set.negated) {
    if (isShort && least === most) return t('{0} characters, without {1}', most, characters);
    if (isShort) return t('text of at most {0} characters, without {1}', most, characters);
    return t('text without {0}', characters);
  }
  if (set.sets.length > 0) return isShort ? t('text of at most {0} characters', most) : t('text');
  if (isShort && least === most) return t('{0} characters of {1}', most, characters);
  if (isShort) return t('at most {0} characters of {1}', most, characters);
  return t('characters of {0}', characters);
}

function rangeInWords([first, last]: readonly [number, number]): string {
  const name = characterInWords(first);
  return first === last ? name : `${name}-${characterInWords(last)}`;
}

function characterInWords(code: number): string {
  if (code === 0x20) return t('space');
  if (code === 0xa || code === 0xd) return t('line ends');
  return String.fromCodePoint(code);
}
