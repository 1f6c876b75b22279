import { namesOf, takesName } from './nameClass.ts';
import type { Named } from './nameClass.ts';
import type { AttributePattern, DataPattern, ElementPattern, Pattern, TextPattern } from './pattern.ts';

/** Attribute patterns anywhere in the pattern (not in elements in it). */
export function attributesIn(pattern: Pattern): readonly AttributePattern[] {
  return remembered(pattern, attributesOf, (found) => {
    for (const part of leaves(pattern)) if (part.kind === 'attribute') found.add(part);
  });
}

/** Element patterns anywhere in the pattern (not in elements in it), whether they may come next or later. */
export function elementsIn(pattern: Pattern): readonly ElementPattern[] {
  return remembered(pattern, elementsOf, (found) => {
    for (const part of leaves(pattern)) if (part.kind === 'element') found.add(part);
  });
}

/** Element patterns that may come next. */
export function firstElements(pattern: Pattern): readonly ElementPattern[] {
  return remembered(pattern, firstOf, (found) => {
    for (const member of firstMembers(pattern)) {
      if (member.kind === 'element') found.add(member);
      else for (const element of firstElements(member)) found.add(element);
    }
    if (pattern.kind === 'element') found.add(pattern);
  });
}

/** Those of the patterns that take the name. */
export function named<P extends ElementPattern | AttributePattern>(
  patterns: readonly P[],
  name: Named,
): readonly P[] {
  return patterns.filter((pattern) => takesName(pattern.name, name));
}

/** Those of the patterns that spell the name out: one that takes any name is not among them. */
export function namedExactly<P extends ElementPattern | AttributePattern>(
  patterns: readonly P[],
  { namespace, localName }: Named,
): readonly P[] {
  return patterns.filter((pattern) =>
    namesOf(pattern.name).some((name) => name.localName === localName && name.namespace === namespace),
  );
}

/** Local names that the patterns spell out, each once. */
export function localNames(patterns: readonly (ElementPattern | AttributePattern)[]): readonly string[] {
  return [...new Set(patterns.flatMap(({ name }) => namesOf(name).map(({ localName }) => localName)))];
}

/** Names of the attributes without which the pattern is not satisfied, whatever is chosen. */
export function requiredAttributes(pattern: Pattern): readonly string[] {
  return [...(required(pattern, 'attribute') ?? [])];
}

/** Names of the elements without which the pattern is not satisfied, whatever is chosen. */
export function requiredElements(pattern: Pattern): readonly string[] {
  return [...(required(pattern, 'element') ?? [])];
}

/** Fixed texts that a value or a content may be, each once. */
export function valuesIn(pattern: Pattern): readonly string[] {
  const found = new Set<string>();
  for (const part of leaves(pattern)) {
    if (part.kind === 'value') found.add(part.value);
    else if (part.kind === 'list') for (const value of valuesIn(part.items)) found.add(value);
    else if (part.kind === 'data') for (const value of part.datatype.values) found.add(value);
  }
  return [...found];
}

/** What else than fixed texts a value or a content may be. */
export function datatypesIn(pattern: Pattern): readonly (DataPattern | TextPattern)[] {
  const found = new Set<DataPattern | TextPattern>();
  for (const part of leaves(pattern)) {
    if (part.kind === 'text' || (part.kind === 'data' && part.datatype.values.length === 0)) found.add(part);
    else if (part.kind === 'list') for (const data of datatypesIn(part.items)) found.add(data);
  }
  return [...found];
}

/** Whether text other than white space may come. */
export function takesText(pattern: Pattern): boolean {
  return leaves(pattern).some(({ kind }) => ['text', 'value', 'data', 'list'].includes(kind));
}

const attributesOf = new WeakMap<Pattern, readonly AttributePattern[]>();
const elementsOf = new WeakMap<Pattern, readonly ElementPattern[]>();
const firstOf = new WeakMap<Pattern, readonly ElementPattern[]>();

function remembered<T>(
  pattern: Pattern,
  memory: WeakMap<Pattern, readonly T[]>,
  find: (found: Set<T>) => void,
): readonly T[] {
  const known = memory.get(pattern);
  if (known !== undefined) return known;
  const found = new Set<T>();
  find(found);
  const list = [...found];
  memory.set(pattern, list);
  return list;
}

/** What a pattern is made of in the end, in order; some of it may come twice. */
function leaves(pattern: Pattern): Pattern[] {
  switch (pattern.kind) {
    case 'choice':
    case 'interleave':
    case 'group':
      return pattern.members.flatMap(leaves);
    case 'oneOrMore':
      return leaves(pattern.repeated);
    default:
      return [pattern];
  }
}

function firstMembers(pattern: Pattern): readonly Pattern[] {
  switch (pattern.kind) {
    case 'choice':
    case 'interleave':
      return pattern.members;
    case 'group': {
      const end = pattern.members.findIndex(({ nullable }) => !nullable);
      return end < 0 ? pattern.members : pattern.members.slice(0, end + 1);
    }
    case 'oneOrMore':
      return [pattern.repeated];
    default:
      return [];
  }
}

/** The names that every way of satisfying the pattern has; undefined when there is no way. */
function required(pattern: Pattern, kind: 'attribute' | 'element'): ReadonlySet<string> | undefined {
  const isSatisfied = kind === 'element' ? pattern.nullable : !pattern.hasAttributes;
  if (pattern.kind === 'notAllowed') return undefined;
  if (pattern.kind === kind) return new Set(localNames([pattern]));
  if (isSatisfied) return new Set();
  switch (pattern.kind) {
    case 'choice': {
      const ways = pattern.members.flatMap((member) => required(member, kind) ?? []);
      const [first, ...others] = ways;
      return first && new Set([...first].filter((name) => others.every((way) => way.has(name))));
    }
    case 'interleave':
    case 'group': {
      const names = new Set<string>();
      for (const member of pattern.members) {
        const own = required(member, kind);
        if (own === undefined) return undefined;
        for (const name of own) names.add(name);
      }
      return names;
    }
    case 'oneOrMore':
      return required(pattern.repeated, kind);
    default:
      return new Set();
  }
}
