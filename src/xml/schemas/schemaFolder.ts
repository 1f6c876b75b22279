import { readdir, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { SchemaOrigin, SchemaSet } from './schemaSet.ts';

/** A folder that holds no schemas, or cannot be read. */
export class SchemaFolderError extends Problem {
  readonly code = 'schema-folder';
}

/** The name of the file beside packaged schemas that tells their version: `{"version": "11.3.0"}`. */
export const factsFile = 'schemas.json';
/** The name of the file beside packaged schemas that holds the terms they come with. */
export const licenceFile = 'copyright';

/**
 * The schemas of a folder, such as `/usr/share/libvirt/schemas`. The texts stay on disk and are read when they are
 * needed. Rejects with a {@link SchemaFolderError} when there is no `.rng` file in it.
 */
export async function openSchemaFolder(path: string, origin?: SchemaOrigin): Promise<SchemaSet> {
  const names = await namesIn(path);
  const fileNames = names.filter((name) => name.endsWith('.rng')).sort();
  if (fileNames.length === 0) {
    throw new SchemaFolderError(t('There are no schemas in {0}.', path), {
      advice: t('Name a folder with files such as {0}.', 'domain.rng'),
    });
  }
  const read = async (name: string): Promise<string | undefined> =>
    names.includes(name) ? readFile(join(path, name), 'utf8') : undefined;
  return {
    version: versionIn(await read(factsFile)),
    origin: origin ?? { kind: 'folder', path },
    digest: path,
    licence: await read(licenceFile),
    fileNames,
    read: (fileName) =>
      fileNames.includes(basename(fileName))
        ? readFileSync(join(path, basename(fileName)), 'utf8')
        : undefined,
  };
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (cause) {
    throw new SchemaFolderError(t('The schemas in {0} cannot be read.', path), {
      raw: String(cause),
      cause,
    });
  }
}

function versionIn(facts: string | undefined): string | undefined {
  if (facts === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(facts);
    return typeof value === 'object' &&
      value !== null &&
      'version' in value &&
      typeof value.version === 'string'
      ? value.version
      : undefined;
  } catch {
    return undefined;
  }
}
