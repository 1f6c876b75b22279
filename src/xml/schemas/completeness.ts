import { setImmediate as nextTurn } from 'node:timers/promises';
import { t } from '../../base/l10n.ts';
import { attributeValue, elementsOf } from '../queries.ts';
import { scan } from '../scanner/scan.ts';
import type { SchemaSet } from './schemaSet.ts';

/** The namespace of RELAX NG. */
export const relaxNg = 'http://relaxng.org/ns/structure/1.0';

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
  const document = scan(set.read(fileName) ?? '');
  const { root, faults } = document;
  if (root === undefined || faults.length > 0 || root.namespace !== relaxNg) {
    return t('{0} is not a RELAX NG schema.', fileName);
  }
  for (const element of elementsOf(document)) {
    const href = attributeValue(element, 'href');
    if (element.namespace === relaxNg && href !== undefined && !set.fileNames.includes(href)) {
      return t('{0} includes {1}, which is missing.', fileName, href);
    }
  }
  return undefined;
}
