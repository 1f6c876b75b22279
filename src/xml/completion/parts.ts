import type { Schema } from '../relaxng/schema.ts';
import type { SchemaWalk } from '../relaxng/walk.ts';
import type { Expansion } from './expansion/expansion.ts';
import type { Misfits } from './misfits.ts';
import type { Values } from './values.ts';

/** What the offers for one version of a document are found with. */
export interface Parts {
  readonly schema: Schema;
  readonly walk: SchemaWalk;
  readonly misfits: Misfits;
  readonly values: Values;
  readonly expansion: Expansion;
}
