/** A place as editors count it: both from 0, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into lines and columns and back. A line ends with \n, \r\n or a lone \r. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    this.#starts = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), (end) => end.index + end[0].length)];
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; one outside the text is taken as its nearest end. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#start(middle) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: at - this.#start(low) };
  }

  /** The offset of a position; one past the end of its line is taken as the end of that line with its line end. */
  offsetAt({ line, column }: Position): number {
    if (line < 0) return 0;
    return Math.min(this.#start(line) + Math.max(0, column), this.#start(line + 1));
  }

  /** Where the line starts; the end of the text for lines after the last. */
  #start(line: number): number {
    return this.#starts[line] ?? this.#length;
  }
}
