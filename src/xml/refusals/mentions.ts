import type { TextRange, XmlDocument, XmlElement } from '../document.ts';
import { elementsOf, textOf, textRangeOf } from '../queries.ts';
import { atElement, atToken, elementsNamed, type MaybePlace } from './places.ts';

/** A value in the document, and what it is called. */
interface Token {
  readonly value: string;
  readonly range: TextRange;
  readonly element: XmlElement;
  readonly attribute: string | undefined;
}

/**
 * For refusals without a pattern of their own: a value that the message cites and the document holds, or a name
 * that it cites. Prefers the value whose attribute and element the message names too.
 */
export function placeOfMention(document: XmlDocument, message: string): MaybePlace {
  const tokens = [...elementsOf(document)].flatMap((element) => tokensOf(document, element));
  const said = message.replace(/ (?:in|for) network '[^']*'/g, '');
  const words = new Set(said.toLowerCase().split(/[^\w-]+/));
  const cited = Array.from(said.matchAll(/'([^']+)'|<([\w:-]+)>/g), (match) => match[1] ?? match[2] ?? '');
  for (const value of [...cited, ...bareValues(said)]) {
    const token = bestToken(tokens, value, words, said);
    if (token !== undefined) return atToken(token.range);
  }
  const lastWord = bareValues(said)
    .slice(0, 1)
    .filter((word) => word !== 'name');
  for (const name of [...cited, ...lastWord]) {
    const place = placeOfName(document, tokens, name);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Values that a message cites without quotes: its last word, and words that are no words. */
function bareValues(message: string): string[] {
  const words = message.split(/\s+/).map((word) => word.replace(/[.:,]+$/, ''));
  return [...words.slice(-1), ...words.filter((word) => /[\d/]/.test(word))].filter((word) => word !== '');
}

function tokensOf(document: XmlDocument, element: XmlElement): Token[] {
  const tokens: Token[] = element.attributes.flatMap((attribute) =>
    attribute.valueRange === undefined
      ? []
      : [{ value: attribute.value, range: attribute.valueRange, element, attribute: attribute.localName }],
  );
  const range = textRangeOf(document, element);
  if (range !== undefined) {
    tokens.push({ value: textOf(element).trim(), range, element, attribute: undefined });
  }
  return tokens;
}

/** Several equal values none of which the message names tell nothing; of a duplicate the last one is at fault. */
function bestToken(
  tokens: readonly Token[],
  value: string,
  words: ReadonlySet<string>,
  message: string,
): Token | undefined {
  const same = tokens
    .filter((token) => token.value === value)
    .map((token) => ({ token, score: score(token, words) }));
  const best = Math.max(...same.map((candidate) => candidate.score));
  const top = same.filter((candidate) => candidate.score === best);
  if (top.length > 1 && best === 0) return undefined;
  const isDuplicate = /duplicate|double|unique|already/i.test(message);
  return (isDuplicate ? top.at(-1) : top[0])?.token;
}

function score({ element, attribute }: Token, words: ReadonlySet<string>): number {
  const named = (name: string | undefined): number =>
    name !== undefined && words.has(name.toLowerCase()) ? 1 : 0;
  return named(attribute) * 2 + named(element.name) * 2 + named(element.parent?.name);
}

/** A name that stands for one thing only in the document: an attribute's value, an element. */
function placeOfName(document: XmlDocument, tokens: readonly Token[], name: string): MaybePlace {
  const [element, ...otherElements] = elementsNamed(document, name);
  const [token, ...otherTokens] = tokens.filter((candidate) => candidate.attribute === name);
  if (element !== undefined && otherElements.length === 0) {
    return atToken(textRangeOf(document, element)) ?? atElement(element);
  }
  return token !== undefined && otherTokens.length === 0 ? atToken(token.range) : undefined;
}
