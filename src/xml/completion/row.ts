import type { XmlElement } from '../document.ts';
import type { Pattern } from '../relaxng/pattern.ts';
import type { SchemaWalk } from '../relaxng/walk.ts';

/** The siblings behind the place, and how well they follow. */
export class Row {
  readonly #walk: SchemaWalk;
  readonly #following: readonly XmlElement[];
  readonly #isUnfinished: boolean;
  /** What is left before each of them, and after the last, without anything inserted. */
  readonly #states: readonly Pattern[];
  readonly #misfits: number;

  constructor(walk: SchemaWalk, before: Pattern, following: readonly XmlElement[], isUnfinished: boolean) {
    this.#walk = walk;
    this.#following = following;
    this.#isUnfinished = isUnfinished;
    const states = [before];
    let misfits = 0;
    let state = before;
    for (const sibling of following) {
      const next = walk.step(state, sibling);
      if (next.kind === 'notAllowed') misfits++;
      else state = next;
      states.push(state);
    }
    this.#states = states;
    this.#misfits = misfits + this.#missing(state);
  }

  /** Whether the siblings follow no worse on this than on what stands there now. */
  takes(content: Pattern): boolean {
    if (content.kind === 'notAllowed') return false;
    let state = content;
    let misfits = 0;
    for (const [index, sibling] of this.#following.entries()) {
      if (state === this.#states[index] && misfits === 0) return true;
      const next = this.#walk.step(state, sibling);
      if (next.kind === 'notAllowed') misfits++;
      else state = next;
      if (misfits > this.#misfits) return false;
    }
    return misfits + this.#missing(state) <= this.#misfits;
  }

  #missing(state: Pattern): number {
    return this.#isUnfinished || state.nullable ? 0 : 1;
  }
}
