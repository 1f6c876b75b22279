import { Problem } from '../../base/errors.ts';
import type { Derivatives } from './derivatives.ts';
import type { ElementPattern, Pattern } from './pattern.ts';
import type { Patterns } from './patterns.ts';

/** A schema that cannot be used; `code` is always 'schema'. */
export class SchemaError extends Problem {
  readonly code = 'schema';
}

/** A RELAX NG schema, ready to judge documents. Holds all its memory itself: it is free when nothing holds the schema. */
export interface Schema {
  /** What the document as a whole must fit. */
  readonly start: Pattern;
  readonly patterns: Patterns;
  readonly derivatives: Derivatives;
  /** The elements that a document may begin with. */
  readonly roots: readonly ElementPattern[];
}
