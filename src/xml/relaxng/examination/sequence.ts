import type { XmlElement } from '../../document.ts';
import type { Derivatives } from '../derivatives.ts';
import type { ElementPattern, Pattern } from '../pattern.ts';
import { firstElements, named } from '../queries.ts';

/** Siblings before a refused child that are tried as the reason. */
const maxReplayed = 60;

interface Taken {
  readonly element: XmlElement;
  readonly accepted: readonly ElementPattern[];
  /** What was left before it came. */
  readonly before: Pattern;
}

export interface Blocker {
  readonly element: XmlElement;
  /** Whether the refused child could come in front of it. */
  readonly fitsBefore: boolean;
}

/** The children of one element as they come, and what of the pattern is left. */
export class Sequence {
  readonly #derivatives: Derivatives;
  readonly #taken: Taken[] = [];
  #left: Pattern;

  constructor(derivatives: Derivatives, pattern: Pattern) {
    this.#derivatives = derivatives;
    this.#left = pattern;
  }

  get left(): Pattern {
    return this.#left;
  }

  take(element: XmlElement, accepted: readonly ElementPattern[]): void {
    this.#taken.push({ element, accepted, before: this.#left });
    this.#left = this.#derivatives.element(this.#left, accepted);
  }

  /** false when no text may come. */
  takeText(text: string): boolean {
    const left = this.#derivatives.text(this.#left, text);
    if (left.kind === 'notAllowed') return false;
    this.#left = left;
    return true;
  }

  /** The child before, without which the refused one could come: one of its own name, else the nearest. */
  blockerOf(refused: XmlElement, candidates: readonly ElementPattern[]): Blocker | undefined {
    const near = this.#taken.slice(-maxReplayed).reverse();
    const sameFirst = [
      ...near.filter(({ element }) => element.name === refused.name),
      ...near.filter(({ element }) => element.name !== refused.name),
    ];
    for (const taken of sameFirst) {
      const without = this.#replay(taken, taken.before);
      if (without === undefined || named(firstElements(without), refused).length === 0) continue;
      const inFront = this.#derivatives.element(taken.before, candidates);
      const both =
        inFront.kind === 'notAllowed' ? inFront : this.#derivatives.element(inFront, taken.accepted);
      return { element: taken.element, fitsBefore: both.kind !== 'notAllowed' };
    }
    return undefined;
  }

  /** What is left when all that came after one child comes after another beginning. */
  #replay(after: Taken, start: Pattern): Pattern | undefined {
    let left = start;
    for (const taken of this.#taken.slice(this.#taken.lastIndexOf(after) + 1)) {
      left = this.#derivatives.element(left, taken.accepted);
      if (left.kind === 'notAllowed') return undefined;
    }
    return left;
  }
}
