/**
 * Finds the next place of one string, for offsets that only grow. Remembers the last answer, so that a text which
 * never closes what it opens is not searched to its end again and again.
 */
export class Finder {
  readonly #text: string;
  readonly #sought: string;
  #from = 0;
  #found: number | undefined;

  constructor(text: string, sought: string) {
    this.#text = text;
    this.#sought = sought;
  }

  /** The first place at or after the offset, or -1. */
  next(offset: number): number {
    const known = this.#found;
    if (known === undefined || offset < this.#from || (known >= 0 && known < offset)) {
      this.#from = offset;
      this.#found = this.#text.indexOf(this.#sought, offset);
    }
    return this.#found ?? -1;
  }
}
