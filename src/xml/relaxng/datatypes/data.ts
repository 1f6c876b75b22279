import type { Datatype, Facet } from './datatype.ts';
import { Matcher } from './regex/matcher.ts';
import { parseExpression } from './regex/parse.ts';
import { textsOf } from './regex/expression.ts';
import { baseTypes, isNumeric, isOfType, normalized } from './types.ts';
import type { BaseType } from './types.ts';

/** What a `<data>` says that cannot be used; `what` is the name of the type or facet. */
export class DatatypeError extends Error {
  readonly what: string;

  constructor(what: string, cause?: unknown) {
    super(what, { cause });
    this.what = what;
  }
}

/** Fixed texts that a pattern spells out are offered up to this number. */
const maxValues = 24;

/**
 * The datatype of a `<data>`.
 * @param isExcept tells the texts that an `<except>` takes out; `exceptKey` is equal for equal ones.
 * @throws {DatatypeError} on a type or facet that is not supported.
 */
export function datatypeOf(
  typeName: string,
  facets: readonly Facet[],
  isExcept: (text: string) => boolean = () => false,
  exceptKey = '',
): Datatype {
  const type = baseTypes.get(typeName);
  if (type === undefined) throw new DatatypeError(typeName);
  const checks = facets.map((facet) => checkOf(type, facet));
  // The standard takes the white space around a number away first; libxml2, which libvirt validates with, does not.
  const isExact = isNumeric(type) && facets.some(({ name }) => name === 'pattern');
  let values: readonly string[] | undefined;
  return {
    key: JSON.stringify([typeName, ...facets.map(({ name, value }) => [name, value]), exceptKey]),
    type: typeName,
    facets,
    get values() {
      return (values ??= valuesOf(facets));
    },
    takes: (text) => {
      const content = isExact ? text : normalized(type, text);
      return isOfType(type, content) && checks.every((check) => check(content)) && !isExcept(text);
    },
  };
}

/** All texts of a type whose only facet is a pattern with few alternatives. */
function valuesOf(facets: readonly Facet[]): readonly string[] {
  const [only] = facets;
  if (facets.length !== 1 || only?.name !== 'pattern') return [];
  return textsOf(parseExpression(only.value), maxValues) ?? [];
}

function checkOf(type: BaseType, { name, value }: Facet): (text: string) => boolean {
  switch (name) {
    case 'pattern':
      return patternCheck(value);
    case 'minInclusive':
      return comparison(type, name, value, (order) => order >= 0);
    case 'maxInclusive':
      return comparison(type, name, value, (order) => order <= 0);
    case 'minExclusive':
      return comparison(type, name, value, (order) => order > 0);
    case 'maxExclusive':
      return comparison(type, name, value, (order) => order < 0);
    case 'length':
      return lengthCheck(name, value, (length, limit) => length === limit);
    case 'minLength':
      return lengthCheck(name, value, (length, limit) => length >= limit);
    case 'maxLength':
      return lengthCheck(name, value, (length, limit) => length <= limit);
    default:
      throw new DatatypeError(name);
  }
}

function patternCheck(source: string): (text: string) => boolean {
  try {
    const matcher = new Matcher(parseExpression(source));
    return (text) => matcher.matches(text);
  } catch (error) {
    throw new DatatypeError('pattern', error);
  }
}

function comparison(
  type: BaseType,
  name: string,
  limit: string,
  isMet: (order: number) => boolean,
): (text: string) => boolean {
  if (!isNumeric(type) || !isOfType(type, limit.trim())) throw new DatatypeError(name);
  if (type.range === undefined) {
    const number = floatOf(limit);
    return (text) => isMet(floatOf(text) - number);
  }
  const number = BigInt(limit.trim().replace('+', ''));
  return (text) => {
    const difference = BigInt(text.replace('+', '')) - number;
    return isMet(difference < 0n ? -1 : difference > 0n ? 1 : 0);
  };
}

function floatOf(text: string): number {
  return Number(text.trim().replace('INF', 'Infinity'));
}

function lengthCheck(
  name: string,
  value: string,
  isMet: (length: number, limit: number) => boolean,
): (text: string) => boolean {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 0) throw new DatatypeError(name);
  return (text) => isMet(Array.from(text).length, limit);
}
