import { readPage } from './page.ts';

/** What edits put into documents: all of it is from other documents, so that some results are valid. */
export interface Pieces {
  /** By the attribute's name. */
  readonly valuesOf: ReadonlyMap<string, readonly string[]>;
  /** Each as text; only short ones. */
  readonly elements: readonly string[];
  readonly elementNames: readonly string[];
  readonly attributeNames: readonly string[];
}

const longestElement = 400;

export function collectPieces(texts: readonly string[]): Pieces {
  const valuesOf = new Map<string, string[]>();
  const elements = new Set<string>();
  const elementNames = new Set<string>();
  for (const text of texts) {
    const page = readPage(text);
    for (const { name, value } of page.attributes) {
      const known = valuesOf.get(name);
      if (known) known.push(value);
      else valuesOf.set(name, [value]);
    }
    for (const { name, range } of page.elements) {
      elementNames.add(name);
      if (range.end - range.start < longestElement) elements.add(text.slice(range.start, range.end));
    }
  }
  return {
    valuesOf,
    elements: [...elements],
    elementNames: [...elementNames],
    attributeNames: [...valuesOf.keys()],
  };
}
