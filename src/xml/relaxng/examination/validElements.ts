import type { NamespaceScope, XmlDocument, XmlElement } from '../../document.ts';
import { copyOf } from '../copyOf.ts';
import type { ElementPattern } from '../pattern.ts';
import { BrokenPlaces } from './brokenPlaces.ts';

/** Longer elements are judged anew from what is known of their children. */
const maxElementLength = 8_000;
/** Characters of source in one of the two generations. */
const maxGeneration = 4_000_000;

/**
 * What elements were found valid, known by their source text: most of a document is the same as before the last
 * keystroke. What was not asked for during a whole generation is forgotten, so that the memory has a bound.
 */
export class ValidElements {
  #young = new Map<string, readonly ElementPattern[]>();
  #old: ReadonlyMap<string, readonly ElementPattern[]> = new Map<string, readonly ElementPattern[]>();
  #size = 0;
  #document: XmlDocument | undefined;
  #broken = new BrokenPlaces([]);
  readonly #scopes = new Map<NamespaceScope, string>();

  /** The document that the elements asked for from now on are of. */
  begin(document: XmlDocument): void {
    this.#document = document;
    this.#broken = new BrokenPlaces(document.faults);
    this.#scopes.clear();
  }

  /** Which of the candidates the element fits, if it is known that it has no fault. */
  get(element: XmlElement, candidates: string): readonly ElementPattern[] | undefined {
    const key = this.#keyOf(element, candidates);
    if (key === undefined) return undefined;
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.#remember(key, old);
    return old;
  }

  add(element: XmlElement, candidates: string, accepted: readonly ElementPattern[]): void {
    const key = this.#keyOf(element, candidates);
    if (key !== undefined) this.#remember(key, accepted);
  }

  #remember(key: string, accepted: readonly ElementPattern[]): void {
    this.#size += key.length;
    if (this.#size > maxGeneration) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = key.length;
    }
    this.#young.set(copyOf(key), accepted);
  }

  /** undefined for elements that their text alone does not tell. */
  #keyOf(element: XmlElement, candidates: string): string | undefined {
    const document = this.#document;
    const { start, end } = element.range;
    if (document === undefined || end - start > maxElementLength) return undefined;
    if (this.#broken.touch(element.range)) return undefined;
    return `${candidates}|${this.#scopeKey(element.scope)}|${document.text.slice(start, end)}`;
  }

  /** Of a document without declarations this is empty. */
  #scopeKey(scope: NamespaceScope): string {
    let key = this.#scopes.get(scope);
    if (key === undefined) {
      const declared = [...scope].filter(([prefix, namespace]) =>
        prefix === '' ? namespace !== '' : !['xml', 'xmlns'].includes(prefix),
      );
      key = declared.length === 0 ? '' : JSON.stringify(declared);
      this.#scopes.set(scope, key);
    }
    return key;
  }
}
