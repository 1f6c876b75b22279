import type { SchemaSet } from '../../../../src/xml/schemas/schemaSet.ts';
import { smallSchemas } from './smallSchemas.ts';

/** A set with these texts. */
export function setOf(texts: ReadonlyMap<string, string> = smallSchemas, version?: string): SchemaSet {
  return {
    version,
    origin: { kind: 'folder', path: '/schemas' },
    digest: version ?? 'none',
    licence: undefined,
    fileNames: [...texts.keys()].sort(),
    read: (fileName) => texts.get(fileName),
  };
}
