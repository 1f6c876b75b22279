import type { XmlDocument } from '../document.ts';
import type { Schema } from '../relaxng/schema.ts';
import type { ValueSource } from './knownValues.ts';
import type { Completions } from './offer.ts';

/** Tells what can stand at a place of a document, also of a broken, cut-off or half-typed one. */
export declare class Completer {
  /** @param schema that of the document's root; undefined while it has none that is known */
  constructor(schema: Schema | undefined, values?: ValueSource);

  at(document: XmlDocument, offset: number): Completions;
}
