import { checkReferences } from './grammar/check.ts';
import { GrammarReader } from './grammar/reader.ts';
import { Scope } from './grammar/scope.ts';
import { Schema } from './schema.ts';
import { broken } from './schemaError.ts';

/**
 * Reads a schema and all that it includes.
 * @param read gives the text of a file by its name as an include says it, `domaincommon.rng`; throws when there is none.
 * @throws {SchemaError} naming the file and the element, when the schema is broken or uses what is not supported.
 */
export function loadSchema(read: (fileName: string) => string, fileName: string): Schema {
  const scope = new Scope(new GrammarReader(read).grammar(fileName), undefined);
  if (scope.definitions('').length === 0) throw broken(fileName, 'grammar', 'it has no start');
  checkReferences(scope);
  return new Schema(scope);
}
