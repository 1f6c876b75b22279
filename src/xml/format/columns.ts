import type { FormatOptions } from './formatOptions.ts';

/** Counts and writes indentation in columns, as the editor is set. */
export class Columns {
  readonly #options: FormatOptions;

  constructor(options: FormatOptions) {
    this.#options = options;
  }

  /** What one level of nesting adds. */
  get step(): number {
    return this.#options.tabSize;
  }

  /** The column after `written`, which begins a line; a byte order mark takes none. */
  after(written: string): number {
    const { tabSize } = this.#options;
    let column = 0;
    for (const c of written) {
      if (c === '\t') column += tabSize - (column % tabSize);
      else if (c !== '\ufeff') column++;
    }
    return column;
  }

  /** The column of the offset on its line. */
  at(text: string, offset: number): number {
    let start = offset;
    while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
    return this.after(text.slice(start, offset));
  }

  /** White space that goes to the column. */
  write(column: number): string {
    const { insertSpaces, tabSize } = this.#options;
    if (insertSpaces) return ' '.repeat(column);
    return '\t'.repeat(Math.floor(column / tabSize)) + ' '.repeat(column % tabSize);
  }

  /** The same white space, moved by `delta` columns; not beyond the start of the line. */
  moved(whiteSpace: string, delta: number): string {
    return delta === 0 ? whiteSpace : this.write(Math.max(0, this.after(whiteSpace) + delta));
  }
}
