import { t } from '../../base/l10n.ts';
import { loadSchema } from '../relaxng/loadSchema.ts';
import type { Schema } from '../relaxng/schema.ts';
import { SchemaError } from '../relaxng/schemaError.ts';
import type { DocumentKind } from '../roots.ts';
import { deviceSchema, deviceSchemaFile } from './deviceSchema.ts';
import { schemaFiles } from './schemaFiles.ts';
import type { SchemaSet } from './schemaSet.ts';

/**
 * The schema of a set for documents of a kind; undefined when that libvirt had none yet. Takes some tens of
 * milliseconds.
 * @throws {SchemaError} when the schema is broken or uses what is not supported
 */
export function compileSchema(set: SchemaSet, kind: DocumentKind): Schema | undefined {
  const fileName = schemaFiles[kind];
  if (!set.fileNames.includes(fileName)) return undefined;
  const read = (name: string): string => {
    const text = set.read(name);
    if (text === undefined) throw new SchemaError(t('The schema {0} is missing.', name));
    return text;
  };
  if (kind !== 'device') return loadSchema(read, fileName);
  const device = deviceSchema(read('domaincommon.rng'));
  if (device === undefined) return undefined;
  return loadSchema((name) => (name === deviceSchemaFile ? device : read(name)), deviceSchemaFile);
}
