import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../src/base/errors.ts';
import { factsFile, licenceFile } from '../../src/xml/schemas/schemaFolder.ts';
import type { Say } from '../say.ts';
import { libvirtSchemas } from './libvirtSchemas.ts';

export interface PlaceOptions {
  /** The folder of the bundle. */
  readonly outdir: string;
  /** Whether the bundle is to be packaged. */
  readonly production: boolean;
  readonly say: Say;
  /** Where they are kept between builds. Default: below node_modules. */
  readonly cache?: string;
}

/**
 * Puts libvirt's schemas into `outdir/schemas`. Where they cannot be had, a build for development goes on without them
 * and says so; one to be packaged rejects.
 *
 * @returns a notice of what they are and the terms they come with; undefined when there are none
 */
export async function placeSchemas({
  outdir,
  production,
  say,
  cache,
}: PlaceOptions): Promise<string | undefined> {
  let schemas: string;
  try {
    schemas = await libvirtSchemas(say, cache);
  } catch (error) {
    if (production) throw error;
    say(
      `The build has no schemas of libvirt in it, and validates by those of hosts alone: ${messageOf(error)}`,
    );
    return undefined;
  }
  await cp(schemas, join(outdir, 'schemas'), { recursive: true });
  const facts = JSON.parse(await readFile(join(schemas, factsFile), 'utf8')) as { version: string };
  const title = `libvirt ${facts.version}, schemas (LGPL-2.1-or-later)`;
  return (
    `${title}\n${'-'.repeat(title.length)}\n` +
    `The files schemas/*.rng are those of libvirt (https://libvirt.org), unmodified, as packaged by Debian. They are\n` +
    `separate files that can be replaced. Their terms are in schemas/LGPL-2.1.txt; who holds the copyright is said below.\n\n` +
    `${(await readFile(join(schemas, licenceFile), 'utf8')).trim()}\n`
  );
}
