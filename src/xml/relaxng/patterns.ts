import type { Datatype } from './datatypes/datatype.ts';
import type { NameClass } from './nameClass.ts';
import type {
  AttributePattern,
  CompositePattern,
  ElementPattern,
  EmptyPattern,
  NotAllowedPattern,
  Pattern,
  TextPattern,
} from './pattern.ts';

type Unnumbered<P extends Pattern> = P extends Pattern ? Omit<P, 'id'> : never;

/**
 * Makes the patterns of one schema. Equal patterns are made once, so that they are compared by identity and what is
 * known of one is remembered by it; they go when the schema goes.
 */
export class Patterns {
  readonly notAllowed: NotAllowedPattern = {
    id: 0,
    kind: 'notAllowed',
    nullable: false,
    hasAttributes: false,
  };
  readonly empty: EmptyPattern = { id: 1, kind: 'empty', nullable: true, hasAttributes: false };
  readonly text: TextPattern = { id: 2, kind: 'text', nullable: true, hasAttributes: false };
  readonly #made = new Map<string, Pattern>();
  #nextId = 3;

  /** How many patterns are held. */
  get size(): number {
    return this.#made.size;
  }

  /** Forgets all patterns but elements; those already handed out must not be mixed with new ones. */
  clear(): void {
    this.#made.clear();
  }

  choice(alternatives: readonly Pattern[]): Pattern {
    const members = new Set<Pattern>();
    for (const alternative of alternatives) {
      if (alternative.kind === 'choice') for (const member of alternative.members) members.add(member);
      else if (alternative.kind !== 'notAllowed') members.add(alternative);
    }
    if (members.has(this.empty) && [...members].some(({ nullable, kind }) => nullable && kind !== 'empty')) {
      members.delete(this.empty);
    }
    return this.#composite('choice', byId([...members]), this.notAllowed);
  }

  optional(pattern: Pattern): Pattern {
    return this.choice([pattern, this.empty]);
  }

  interleave(parts: readonly Pattern[]): Pattern {
    const members = this.#flatten('interleave', parts);
    return members === undefined ? this.notAllowed : this.#composite('interleave', byId(members), this.empty);
  }

  group(parts: readonly Pattern[]): Pattern {
    const members = this.#flatten('group', parts);
    return members === undefined ? this.notAllowed : this.#composite('group', members, this.empty);
  }

  oneOrMore(repeated: Pattern): Pattern {
    switch (repeated.kind) {
      case 'notAllowed':
      case 'empty':
      case 'text':
      case 'oneOrMore':
        return repeated;
      default: {
        const { nullable, hasAttributes } = repeated;
        return this.#intern(`m${repeated.id}`, { kind: 'oneOrMore', nullable, hasAttributes, repeated });
      }
    }
  }

  zeroOrMore(repeated: Pattern): Pattern {
    return this.optional(this.oneOrMore(repeated));
  }

  value(value: string, exact: boolean): Pattern {
    return this.#intern(`v${exact ? '=' : '~'}${value}`, {
      kind: 'value',
      nullable: false,
      hasAttributes: false,
      value,
      exact,
    });
  }

  data(datatype: Datatype, definitions: readonly string[]): Pattern {
    return this.#intern(`d${datatype.key}\n${definitions.join(' ')}`, {
      kind: 'data',
      nullable: false,
      hasAttributes: false,
      datatype,
      definitions,
    });
  }

  list(items: Pattern): Pattern {
    if (items.kind === 'notAllowed') return items;
    return this.#intern(`l${items.id}`, { kind: 'list', nullable: false, hasAttributes: false, items });
  }

  attribute(name: NameClass, value: Pattern): Pattern {
    if (value.kind === 'notAllowed') return value;
    const key = `a${value.id} ${JSON.stringify(name)}`;
    const pattern: Unnumbered<AttributePattern> = {
      kind: 'attribute',
      nullable: false,
      hasAttributes: true,
      name,
      value,
    };
    return this.#intern(key, pattern);
  }

  /** Never the same as another one: elements are equal when they come from the same place of a schema. */
  element(name: NameClass, content: () => Pattern): ElementPattern {
    return { id: this.#nextId++, kind: 'element', nullable: false, hasAttributes: false, name, content };
  }

  /** undefined when one part is what nothing fits. */
  #flatten(kind: 'interleave' | 'group', parts: readonly Pattern[]): Pattern[] | undefined {
    const members: Pattern[] = [];
    for (const part of parts) {
      if (part.kind === 'notAllowed') return undefined;
      if (part.kind === kind) members.push(...part.members);
      else if (part.kind !== 'empty') members.push(part);
    }
    return members;
  }

  #composite(kind: CompositePattern['kind'], members: readonly Pattern[], none: Pattern): Pattern {
    const [only] = members;
    if (only === undefined) return none;
    if (members.length === 1) return only;
    const key = `${kind[0] ?? ''}${members.map(({ id }) => id).join()}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const isNullable = (member: Pattern): boolean => member.nullable;
    const nullable = kind === 'choice' ? members.some(isNullable) : members.every(isNullable);
    const hasAttributes = members.some((member) => member.hasAttributes);
    return this.#intern(key, { kind, nullable, hasAttributes, members });
  }

  #intern(key: string, pattern: Unnumbered<Pattern>): Pattern {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made: Pattern = { id: this.#nextId++, ...pattern };
    this.#made.set(key, made);
    return made;
  }
}

function byId(patterns: Pattern[]): Pattern[] {
  return patterns.sort((a, b) => a.id - b.id);
}
