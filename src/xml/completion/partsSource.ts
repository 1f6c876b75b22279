import type { XmlDocument } from '../document.ts';
import { Fitting } from '../relaxng/examination/fitting.ts';
import { ValidElements } from '../relaxng/examination/validElements.ts';
import type { Pattern } from '../relaxng/pattern.ts';
import type { Schema } from '../relaxng/schema.ts';
import { SchemaWalk } from '../relaxng/walk.ts';
import { Expansion } from './expansion/expansion.ts';
import { Skeletons } from './expansion/skeleton.ts';
import type { ValueSource } from './knownValues.ts';
import { Misfits } from './misfits.ts';
import type { Parts } from './parts.ts';
import { Values } from './values.ts';

/** Makes the parts for documents of one schema; what was found stays for the version that was asked about last. */
export class PartsSource {
  readonly #schema: Schema;
  readonly #source: ValueSource | undefined;
  readonly #valid = new ValidElements();
  #skeletons: Skeletons;
  #last: { readonly document: XmlDocument; readonly parts: Parts } | undefined;
  /** Another one when the schema has dropped its patterns: then nothing that was made of them may be used. */
  #start: Pattern;

  constructor(schema: Schema, source: ValueSource | undefined) {
    this.#schema = schema;
    this.#source = source;
    this.#start = schema.start;
    this.#skeletons = new Skeletons(schema);
  }

  for(document: XmlDocument): Parts {
    const schema = this.#schema;
    if (this.#start !== schema.start) {
      this.#start = schema.start;
      this.#skeletons = new Skeletons(schema);
      this.#last = undefined;
    }
    if (this.#last?.document !== document) {
      this.#valid.begin(document);
      const fitting = new Fitting(schema, this.#valid);
      const values = new Values(schema, document, this.#source);
      const parts: Parts = {
        schema,
        values,
        walk: new SchemaWalk(schema, fitting),
        misfits: new Misfits(schema, fitting),
        expansion: new Expansion(this.#skeletons, values),
      };
      this.#last = { document, parts };
    }
    return this.#last.parts;
  }
}
