import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultOfSet } from '../../src/xml/schemas/completeness.ts';
import { factsFile, licenceFile, openSchemaFolder } from '../../src/xml/schemas/schemaFolder.ts';
import { compileSchema } from '../../src/xml/schemas/compileSchema.ts';
import { documentKinds } from '../../src/xml/schemas/schemaFiles.ts';
import { runCommand } from '../lab/commands.ts';
import { exists } from '../lab/files.ts';
import type { Say } from '../say.ts';
import { DebianPackages, type DebianPackage } from './debianPackages.ts';

const defaultCache = join(import.meta.dirname, '../../node_modules/.cache/schemas');
/** What the copyright file refers to: a file of Debian's package base-files, which every system has. */
const lgpl = '/usr/share/common-licenses/LGPL-2.1';
/** The first that can be had is taken. */
const releases = ['testing', 'stable'];
/** Which package ships the schemas: since libvirt 11, and before. */
const packageNames = ['libvirt-common', 'libvirt0'];

/**
 * The schemas of the newest libvirt that Debian has and that we can read, unmodified, with the terms they come with: a
 * folder of .rng files and what schemaFolder.ts expects beside them. Fetched once and kept: remove the cache to look for newer ones.
 */
export async function libvirtSchemas(say: Say, cache = defaultCache): Promise<string> {
  const kept = join(cache, 'libvirt');
  if (await exists(kept)) return kept;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'fetching-'));
  try {
    const fetched = await fetchSchemas(work, say);
    // Another build may have put them there meanwhile.
    if (!(await exists(kept))) await rename(fetched, kept);
    return kept;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchSchemas(work: string, say: Say): Promise<string> {
  const reasons: string[] = [];
  for (const release of releases) {
    try {
      const lists = await mkdtemp(join(work, `${release}-`));
      return await fetchFrom(await DebianPackages.open(lists, [release], say), work, say);
    } catch (error) {
      reasons.push(String(error));
    }
  }
  throw new Error(`libvirt's schemas cannot be had from Debian.\n${reasons.join('\n')}`);
}

async function fetchFrom(packages: DebianPackages, work: string, say: Say): Promise<string> {
  const listed = await Promise.all(packageNames.map(async (name) => packages.versionsOf(name)));
  for (const candidate of listed.flat()) {
    const folder = await mkdtemp(join(work, 'package-'));
    const file = await packages.download(candidate, folder);
    if (file === undefined) continue;
    await runCommand(['dpkg-deb', '--extract', file, join(folder, 'content')]);
    const schemas = join(folder, 'content/usr/share/libvirt/schemas');
    if (!(await exists(schemas))) continue;
    say(`Taking the schemas of the package ${candidate.name} ${candidate.version}.`);
    return collect(schemas, join(folder, 'content/usr/share/doc', candidate.name), candidate, folder);
  }
  throw new Error(`None of the packages ${packageNames.join(', ')} that are listed has schemas.`);
}

async function collect(
  schemas: string,
  documentation: string,
  { name, version }: DebianPackage,
  folder: string,
): Promise<string> {
  const into = join(folder, 'schemas');
  await mkdir(into);
  for (const file of await readdir(schemas)) {
    if (file.endsWith('.rng')) await copyFile(join(schemas, file), join(into, file));
  }
  await copyFile(join(documentation, 'copyright'), join(into, licenceFile));
  await copyFile(lgpl, join(into, 'LGPL-2.1.txt'));
  const facts = { version: upstreamVersion(version), package: name, packageVersion: version };
  await writeFile(join(into, factsFile), `${JSON.stringify(facts, undefined, 2)}\n`);
  const set = await openSchemaFolder(into);
  const fault = await faultOfSet(set);
  if (fault !== undefined) throw new Error(`The package ${name} ${version} cannot be used: ${fault}`);
  for (const kind of documentKinds) compileSchema(set, kind);
  return into;
}

/** libvirt's version in a version of Debian's: `11.3.0` of `1:11.3.0-3+deb13u3`. */
export function upstreamVersion(version: string): string {
  return version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
}
