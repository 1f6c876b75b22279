import type { XmlDocument } from '../document.ts';
import type { TextEdit } from '../edits.ts';
import type { Schema } from '../relaxng/schema.ts';

/** Repairs everything that has one answer, markup first; no edits when there is nothing such. */
export declare function fixAll(document: XmlDocument, schema: Schema | undefined): readonly TextEdit[];
