import type { XmlDocument } from '../document.ts';
import type { SchemaFault } from './fault.ts';
import type { Schema } from './schema.ts';

/** Holds documents to a schema. Remembers what it found valid, so that a document is judged again quickly after a change. */
export declare class Validator {
  constructor(schema: Schema);

  /** What is not as the schema says, in the order of the document. Faults of the markup are in `document.faults`. */
  validate(document: XmlDocument): readonly SchemaFault[];
}
