import { setImmediate as nextTurn } from 'node:timers/promises';
import { t } from '../../base/l10n.ts';
import { readMarkup, type Markup } from '../relaxng/grammar/markup.ts';
import { SchemaError } from '../relaxng/schemaError.ts';
import type { SchemaSet } from './schemaSet.ts';

const relaxNg = 'http://relaxng.org/ns/structure/1.0';

/**
 * Why the set cannot be used, a sentence; undefined when each file is whole, a RELAX NG grammar, and all that it
 * includes is there. Lets other work in between the files.
 */
export async function faultOfSet(set: SchemaSet): Promise<string | undefined> {
  if (!set.fileNames.includes('domain.rng')) return t('The schema {0} is missing.', 'domain.rng');
  for (const fileName of set.fileNames) {
    const fault = faultOfFile(set, fileName);
    if (fault !== undefined) return fault;
    await nextTurn();
  }
  return undefined;
}

function faultOfFile(set: SchemaSet, fileName: string): string | undefined {
  try {
    const root = readMarkup(fileName, set.read(fileName) ?? '');
    if (root.attributes.get('xmlns') !== relaxNg) return t('{0} is not a RELAX NG schema.', fileName);
    const missing = includedFiles(root).find((name) => !set.fileNames.includes(name));
    return missing === undefined ? undefined : t('{0} includes {1}, which is missing.', fileName, missing);
  } catch (error) {
    if (error instanceof SchemaError) return t('{0} is not a RELAX NG schema.', fileName);
    throw error;
  }
}

function includedFiles({ attributes, children }: Markup): readonly string[] {
  const own = attributes.get('href');
  return [...(own === undefined ? [] : [own]), ...children.flatMap(includedFiles)];
}
