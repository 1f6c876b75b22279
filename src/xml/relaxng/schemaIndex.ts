import type { Named } from './nameClass.ts';
import { namesOf } from './nameClass.ts';
import type { ElementPattern } from './pattern.ts';
import { elementsIn } from './queries.ts';

/** An element of a schema with the shortest way to it. */
export interface IndexedElement {
  readonly pattern: ElementPattern;
  readonly name: string;
  readonly parent: IndexedElement | undefined;
}

/** All elements that documents of a schema may have, those nearer to the root first. Made when it is first asked. */
export class SchemaIndex {
  readonly #roots: () => readonly ElementPattern[];
  #byName: ReadonlyMap<string, readonly IndexedElement[]> | undefined;

  constructor(roots: () => readonly ElementPattern[]) {
    this.#roots = roots;
  }

  has({ namespace, localName }: Named): boolean {
    return namespace === '' && this.find(localName).length > 0;
  }

  /** The elements of the name, in no namespace. */
  find(localName: string): readonly IndexedElement[] {
    this.#byName ??= this.#build();
    return this.#byName.get(localName) ?? [];
  }

  #build(): ReadonlyMap<string, readonly IndexedElement[]> {
    const byName = new Map<string, IndexedElement[]>();
    const seen = new Set<ElementPattern>();
    let round: IndexedElement[] = [];
    const add = (
      pattern: ElementPattern,
      parent: IndexedElement | undefined,
      next: IndexedElement[],
    ): void => {
      if (seen.has(pattern)) return;
      seen.add(pattern);
      for (const { localName, namespace } of namesOf(pattern.name)) {
        if (namespace !== '') continue;
        const element = { pattern, name: localName, parent };
        const same = byName.get(localName);
        if (same === undefined) byName.set(localName, [element]);
        else same.push(element);
        next.push(element);
      }
    };
    for (const root of this.#roots()) add(root, undefined, round);
    while (round.length > 0) {
      const next: IndexedElement[] = [];
      for (const element of round) {
        for (const child of elementsIn(element.pattern.content())) add(child, element, next);
      }
      round = next;
    }
    return byName;
  }
}

/** The names from the root to the element itself. */
export function pathTo(element: IndexedElement): readonly string[] {
  return element.parent === undefined ? [element.name] : [...pathTo(element.parent), element.name];
}
