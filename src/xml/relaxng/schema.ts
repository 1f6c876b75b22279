import { Derivatives } from './derivatives.ts';
import { PatternBuilder } from './grammar/builder.ts';
import type { Scope } from './grammar/scope.ts';
import type { ElementPattern, Pattern } from './pattern.ts';
import { Patterns } from './patterns.ts';
import { firstElements } from './queries.ts';
import { SchemaIndex } from './schemaIndex.ts';

/** Patterns that are held at most; then they are made anew, which takes some milliseconds. */
const maxPatterns = 60_000;

/** A RELAX NG schema, ready to judge documents. Holds all its memory itself: it is free when nothing holds the schema. */
export class Schema {
  readonly patterns = new Patterns();
  readonly derivatives = new Derivatives(this.patterns);
  readonly #builder = new PatternBuilder(this.patterns);
  /** All elements by their names. */
  readonly index = new SchemaIndex(() => this.roots);
  readonly #scope: Scope;

  /** Schemas come from {@link loadSchema}. */
  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** What the document as a whole must fit. */
  get start(): Pattern {
    return this.#builder.definition(this.#scope, '');
  }

  /** The elements that a document may begin with. */
  get roots(): readonly ElementPattern[] {
    return firstElements(this.start);
  }

  /**
   * Drops patterns when there are too many, so that a long session does not fill the memory. Elements stay the same
   * objects; no other pattern that was handed out before may be used afterwards.
   */
  trim(limit = maxPatterns): void {
    if (this.patterns.size <= limit) return;
    this.patterns.clear();
    this.derivatives.clear();
    this.#builder.clear();
  }
}
