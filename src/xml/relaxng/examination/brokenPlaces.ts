import type { TextRange, XmlFault } from '../../document.ts';

/** Where the markup of a document is broken. */
export class BrokenPlaces {
  readonly #starts: readonly number[];
  /** For each fault, how far it and those before it reach. */
  readonly #reach: readonly number[];

  /** @param faults in the order of their places */
  constructor(faults: readonly XmlFault[]) {
    this.#starts = faults.map(({ range }) => range.start);
    let reach = -1;
    this.#reach = faults.map(({ range }) => (reach = Math.max(reach, range.end)));
  }

  get isAny(): boolean {
    return this.#starts.length > 0;
  }

  /** Whether the range overlaps a broken place or is next to one. */
  touch({ start, end }: TextRange): boolean {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? Infinity) <= end) low = middle + 1;
      else high = middle;
    }
    return (this.#reach[low - 1] ?? -1) >= start;
  }
}
