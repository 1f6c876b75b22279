import type { Schema } from './schema.ts';

/**
 * Reads a schema and all that it includes.
 * @param read gives the text of a file by its name as an include says it, `domaincommon.rng`; throws when there is none.
 * @throws {SchemaError} naming the file and the element, when the schema is broken or uses what is not supported.
 */
export declare function loadSchema(read: (fileName: string) => string, fileName: string): Schema;
