import type { XmlDocument } from '../document.ts';
import type { Fix } from '../fix.ts';
import type { SchemaFault } from '../relaxng/fault.ts';
import type { Schema } from '../relaxng/schema.ts';

/** The fixes of a fault that the validator found in this document, the likeliest first. */
export declare function schemaFixes(
  document: XmlDocument,
  fault: SchemaFault,
  schema: Schema,
): readonly Fix[];
