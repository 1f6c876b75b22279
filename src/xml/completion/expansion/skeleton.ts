import { namesOf } from '../../relaxng/nameClass.ts';
import type { AttributePattern, ElementPattern, Pattern } from '../../relaxng/pattern.ts';
import { attributesIn, firstElements, named, valuesIn } from '../../relaxng/queries.ts';
import type { Schema } from '../../relaxng/schema.ts';
import { likelyParts, likelyValues } from '../likely.ts';
import { sampleOf } from './samples.ts';

/** What is written of an element, in order. */
export interface Skeleton {
  readonly attributes: readonly AttributePattern[];
  /** What the text must be; undefined when there need not be any. */
  readonly text: Pattern | undefined;
  readonly children: readonly ElementPattern[];
  /** How much there is to write and to think of. */
  readonly cost: number;
}

const nothing: Skeleton = { attributes: [], text: undefined, children: [], cost: 0 };

/** A form that has room for a usual part is preferred to one that has not. */
const usualGain = -0.1;

/** Deeper than any document of libvirt needs: an element that must hold itself has no end. */
const maxDepth = 12;

/** Finds the simplest usual form of the elements of one schema, and remembers it. */
export class Skeletons {
  readonly #schema: Schema;
  readonly #known = new Map<ElementPattern, Map<string, Skeleton>>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /**
   * The least that the schema asks for and the parts that people mostly write beside; undefined when the element cannot
   * be written: its name is open, or it must hold itself.
   * @param parent the name of the element around it
   */
  ofElement(element: ElementPattern, parent: string | undefined, depth = 0): Skeleton | undefined {
    const key = parent ?? '';
    const known = this.#known.get(element)?.get(key);
    const [name] = namesOf(element.name);
    if (known !== undefined || depth > maxDepth || name === undefined) return known;
    const made = this.#make(element.content(), parent, name.localName, depth + 1);
    if (made === undefined) return undefined;
    let byParent = this.#known.get(element);
    if (byParent === undefined) this.#known.set(element, (byParent = new Map<string, Skeleton>()));
    byParent.set(key, made);
    return made;
  }

  #make(content: Pattern, parent: string | undefined, name: string, depth: number): Skeleton | undefined {
    const { derivatives } = this.#schema;
    const usual = likelyParts(parent, name);
    let left = content;
    let sum = nothing;
    for (const localName of usual.attributes ?? []) {
      const taken = this.#likelyAttribute(left, parent, name, localName);
      if (taken === undefined) continue;
      left = taken.left;
      sum = added(sum, { ...nothing, attributes: [taken.pattern], cost: usualGain });
    }
    for (const localName of usual.children ?? []) {
      const [child] = named(firstElements(left), { namespace: '', localName })
        .flatMap((pattern) => this.#asChild(pattern, name, depth) ?? [])
        .sort((a, b) => a.cost - b.cost);
      if (child === undefined) continue;
      left = derivatives.element(left, child.children);
      sum = added(sum, { ...child, cost: usualGain });
    }
    const rest = this.#least(left, name, depth);
    return rest && added(sum, rest);
  }

  #likelyAttribute(
    left: Pattern,
    parent: string | undefined,
    element: string,
    localName: string,
  ): { readonly pattern: AttributePattern; readonly left: Pattern } | undefined {
    const { derivatives } = this.#schema;
    const name = { namespace: '', localName };
    const patterns = named(attributesIn(left), name);
    for (const value of likelyValues(parent, element, localName)) {
      const pattern = patterns.find((candidate) => derivatives.takesValue(candidate.value, value));
      if (pattern !== undefined) return { pattern, left: derivatives.attribute(left, { ...name, value }) };
    }
    const [pattern] = patterns;
    const value = pattern && sampleOf(pattern.value);
    if (pattern === undefined || value === undefined) return undefined;
    return { pattern, left: derivatives.attribute(left, { ...name, value }) };
  }

  /** The least that satisfies what is left of the element `owner`; undefined when nothing that can be written does. */
  least(left: Pattern, owner: string): Skeleton | undefined {
    return this.#least(left, owner, 0);
  }

  #least(pattern: Pattern, owner: string, depth: number): Skeleton | undefined {
    if (pattern.nullable) return nothing;
    switch (pattern.kind) {
      case 'choice':
        if (pattern.members.every(isText)) return textSkeleton(pattern, owner);
        return pattern.members
          .flatMap((member) => this.#least(member, owner, depth) ?? [])
          .reduce<Skeleton | undefined>(cheaper, undefined);
      case 'interleave':
      case 'group':
        return pattern.members.reduce<Skeleton | undefined>((sum, member) => {
          const part = sum && this.#least(member, owner, depth);
          return part && added(sum, part);
        }, nothing);
      case 'oneOrMore':
        return this.#least(pattern.repeated, owner, depth);
      case 'value':
      case 'data':
      case 'list':
        return textSkeleton(pattern, owner);
      case 'attribute':
        return attributeSkeleton(pattern, owner);
      case 'element':
        return this.#asChild(pattern, owner, depth);
      default:
        return undefined;
    }
  }

  #asChild(pattern: ElementPattern, owner: string, depth: number): Skeleton | undefined {
    const inner = this.ofElement(pattern, owner, depth);
    return inner && { ...nothing, children: [pattern], cost: inner.cost + 3 };
  }
}

function isText({ kind }: Pattern): boolean {
  return kind === 'value' || kind === 'data' || kind === 'list';
}

function textSkeleton(pattern: Pattern, owner: string): Skeleton | undefined {
  if (sampleOf(pattern) === undefined) return undefined;
  const likely = likelyValues(undefined, owner, undefined);
  const isLikely = valuesIn(pattern).some((value) => likely.includes(value));
  return { ...nothing, text: pattern, cost: isLikely ? 0.5 : 1 };
}

function attributeSkeleton(pattern: AttributePattern, owner: string): Skeleton | undefined {
  const [name] = namesOf(pattern.name);
  if (name === undefined || sampleOf(pattern.value) === undefined) return undefined;
  const { value } = pattern;
  if (value.kind !== 'value') return { ...nothing, attributes: [pattern], cost: 2 };
  const likely = likelyValues(undefined, owner, name.localName);
  const place = likely.indexOf(value.value);
  return { ...nothing, attributes: [pattern], cost: place < 0 ? 1 : 0.5 + place / 100 };
}

function added(sum: Skeleton, part: Skeleton): Skeleton {
  return {
    attributes: [...sum.attributes, ...part.attributes],
    text: part.text ?? sum.text,
    children: [...sum.children, ...part.children],
    cost: sum.cost + part.cost,
  };
}

function cheaper(best: Skeleton | undefined, other: Skeleton): Skeleton {
  return best === undefined || other.cost < best.cost ? other : best;
}
