import { namesOf } from '../../relaxng/nameClass.ts';
import type { AttributePattern, ElementPattern, Pattern } from '../../relaxng/pattern.ts';
import { sampleOf } from './samples.ts';

/** The least that satisfies a pattern, in the order in which it is written. */
export interface Skeleton {
  readonly attributes: readonly AttributePattern[];
  /** What the text must be; undefined when there need not be any. */
  readonly text: Pattern | undefined;
  readonly children: readonly ElementPattern[];
  /** How much there is to write and to think of. */
  readonly cost: number;
}

const nothing: Skeleton = { attributes: [], text: undefined, children: [], cost: 0 };

/** Deeper than any document of libvirt needs: an element that must hold itself has no end. */
const maxDepth = 12;

/** Finds the simplest valid form of the elements of one schema, and remembers it. */
export class Skeletons {
  readonly #known = new WeakMap<ElementPattern, Skeleton>();

  /** undefined when the element cannot be written: its name is open, or it must hold itself. */
  ofElement(element: ElementPattern, depth = 0): Skeleton | undefined {
    const known = this.#known.get(element);
    if (known !== undefined || depth > maxDepth || namesOf(element.name).length === 0) return known;
    const made = this.ofPattern(element.content(), depth + 1);
    if (made !== undefined) this.#known.set(element, made);
    return made;
  }

  /** undefined when nothing that can be written satisfies the pattern. */
  ofPattern(pattern: Pattern, depth = 0): Skeleton | undefined {
    if (pattern.nullable) return nothing;
    switch (pattern.kind) {
      case 'choice':
        return pattern.members
          .flatMap((member) => this.ofPattern(member, depth) ?? [])
          .reduce<Skeleton | undefined>(cheaper, undefined);
      case 'interleave':
      case 'group':
        return this.#together(pattern.members, depth);
      case 'oneOrMore':
        return this.ofPattern(pattern.repeated, depth);
      case 'value':
      case 'data':
      case 'list':
        return sampleOf(pattern) === undefined ? undefined : { ...nothing, text: pattern, cost: 1 };
      case 'attribute':
        return namesOf(pattern.name).length === 0 || sampleOf(pattern.value) === undefined
          ? undefined
          : { ...nothing, attributes: [pattern], cost: pattern.value.kind === 'value' ? 1 : 2 };
      case 'element': {
        const inner = this.ofElement(pattern, depth);
        return inner && { ...nothing, children: [pattern], cost: inner.cost + 3 };
      }
      default:
        return undefined;
    }
  }

  #together(members: readonly Pattern[], depth: number): Skeleton | undefined {
    let sum = nothing;
    for (const member of members) {
      const part = this.ofPattern(member, depth);
      if (part === undefined) return undefined;
      sum = {
        attributes: [...sum.attributes, ...part.attributes],
        text: part.text ?? sum.text,
        children: [...sum.children, ...part.children],
        cost: sum.cost + part.cost,
      };
    }
    return sum;
  }
}

function cheaper(best: Skeleton | undefined, other: Skeleton): Skeleton {
  return best === undefined || other.cost < best.cost ? other : best;
}
