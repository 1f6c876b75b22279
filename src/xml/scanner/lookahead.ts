import { nameAt } from './characters.ts';
import { Finder } from './finder.ts';

/** Tags looked at ahead in one document, so that no broken text makes the scanner slow. */
const budget = 100_000;

/** Looks at the tags that follow a faulty one, to tell which repair makes the rest fit. */
export class Lookahead {
  readonly #text: string;
  readonly #tagEnd: Finder;
  readonly #commentEnd: Finder;
  readonly #cdataEnd: Finder;
  #left = budget;

  constructor(text: string) {
    this.#text = text;
    this.#tagEnd = new Finder(text, '>');
    this.#commentEnd = new Finder(text, '-->');
    this.#cdataEnd = new Finder(text, ']]>');
  }

  /**
   * The name of the first end tag whose start tag is before the offset; '' when the document ends first;
   * undefined when that cannot be told.
   */
  unmatchedEndTag(offset: number): string | undefined {
    const text = this.#text;
    let depth = 0;
    let at = text.indexOf('<', offset);
    while (at >= 0) {
      if (this.#left-- <= 0) return undefined;
      const finder = text.startsWith('<!--', at)
        ? this.#commentEnd
        : text.startsWith('<![CDATA[', at)
          ? this.#cdataEnd
          : this.#tagEnd;
      const end = finder.next(at);
      if (end < 0) return undefined;
      if (text[at + 1] === '/') {
        if (depth === 0) return nameAt(text, at + 2);
        depth--;
      } else if (finder === this.#tagEnd && text[end - 1] !== '/' && nameAt(text, at + 1) !== '') {
        depth++;
      }
      at = text.indexOf('<', end);
    }
    return depth === 0 ? '' : undefined;
  }
}
