import { join } from 'node:path';
import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { openSchemaFolder, SchemaFolderError } from '../xml/schemas/schemaFolder.ts';
import type { SchemaSet } from '../xml/schemas/schemaSet.ts';

/** No schemas to check by. */
export class NoSchemasError extends Problem {
  readonly code = 'no-schemas';
}

const ofThisMachine = '/usr/share/libvirt/schemas';

/**
 * The schemas of the folder that was named; else those beside the program, else those of this machine.
 *
 * @param programFolder where the program lies
 */
export async function openSchemas(named: string | undefined, programFolder: string): Promise<SchemaSet> {
  if (named !== undefined) return openSchemaFolder(named);
  for (const folder of [join(programFolder, 'schemas'), ofThisMachine]) {
    try {
      return await openSchemaFolder(folder);
    } catch (error) {
      if (!(error instanceof SchemaFolderError)) throw error;
    }
  }
  throw new NoSchemasError(t('There are no libvirt schemas on this machine.'), {
    advice: t('Name their folder with --schemas.'),
  });
}
