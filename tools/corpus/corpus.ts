import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../lab/commands.ts';
import { exists } from '../lab/files.ts';
import type { Say } from '../say.ts';
import { DebianSources } from './debianSources.ts';
import { parseSchemaTest, type SchemaTestEntry } from './schemaTest.ts';

export interface CorpusDocument {
  /** The schema that it belongs to, as `domain.rng`. */
  readonly schema: string;
  /** The whole path of the file. */
  readonly path: string;
  /** What libvirt expects of it. */
  readonly isValid: boolean;
}

/** libvirt's own test documents with the schemas of the same version. */
export interface Corpus {
  /** libvirt's, as `9.0.0`. */
  readonly version: string;
  /** The folder of the .rng files. */
  readonly schemaFolder: string;
  readonly documents: readonly CorpusDocument[];
}

const defaultFolder = join(import.meta.dirname, '../../.corpus');
/** Always part of the corpus: the version of Debian 12, which most hosts are near to. */
const referenceVersion = '9.0.0';
const releases = ['bookworm', 'trixie', 'sid'];
/** What is unpacked: the rest of the sources is of no use here. */
const wantedFiles = ['*/tests/*.xml', '*/src/*.xml', '*/examples/*.xml', '*.rng', '*/tests/virschematest.c'];

/**
 * The corpora of libvirt 9.0.0 and of the newest version that Debian's archive has, in this order. Fetched as source
 * packages the first time and kept in `.corpus`: remove that folder to look for a newer one.
 */
export async function libvirtCorpora(say: Say, folder = defaultFolder): Promise<Corpus[]> {
  let versions = await keptVersions(folder);
  if (versions.length < 2 || !versions.includes(referenceVersion)) {
    await fetchSources(folder, say);
    versions = await keptVersions(folder);
  }
  const newest = versions.filter((version) => version !== referenceVersion).at(-1);
  if (newest === undefined || !versions.includes(referenceVersion)) {
    throw new Error(`Debian's archive has not the libvirt that is needed: only ${versions.join(', ')}.`);
  }
  return Promise.all([referenceVersion, newest].map(async (version) => readCorpus(folder, version)));
}

/** The versions that are unpacked in the folder, oldest first. */
async function keptVersions(folder: string): Promise<string[]> {
  const names = (await exists(folder)) ? await readdir(folder) : [];
  return names
    .flatMap((name) => /^libvirt-([\d.]+)$/.exec(name)?.[1] ?? [])
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

async function fetchSources(folder: string, say: Say): Promise<void> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'fetching-'));
  try {
    const sources = await DebianSources.open(work, releases, say);
    const packages = (await sources.versionsOf('libvirt'))
      .map((version) => ({ version, upstream: version.replace(/^\d+:|-[^-]*$/g, '') }))
      .sort((a, b) => b.upstream.localeCompare(a.upstream, 'en', { numeric: true }));
    let hasNewest = false;
    for (const { version, upstream } of packages) {
      if (hasNewest && upstream !== referenceVersion) continue;
      say(`Fetching the sources of libvirt ${version}.`);
      const isFetched = await sources.fetch('libvirt', version, work);
      if (isFetched) await unpack(work, upstream, folder);
      else say(`Debian's archive does not have it.`);
      hasNewest ||= isFetched;
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpack(work: string, upstream: string, folder: string): Promise<void> {
  const archive = (await readdir(work)).find((name) => name.startsWith(`libvirt_${upstream}.orig.tar.`));
  if (archive === undefined) throw new Error(`The sources of libvirt ${upstream} hold no archive.`);
  const into = await mkdtemp(join(work, 'unpacked-'));
  const options = ['--strip-components=1', '--no-same-owner', '--wildcards', ...wantedFiles];
  await runCommand(['tar', '--extract', `--file=${join(work, archive)}`, `--directory=${into}`, ...options]);
  const kept = join(folder, `libvirt-${upstream}`);
  if (!(await exists(kept))) await rename(into, kept);
}

async function readCorpus(folder: string, version: string): Promise<Corpus> {
  const top = join(folder, `libvirt-${version}`);
  const test = parseSchemaTest(await readFile(join(top, 'tests/virschematest.c'), 'utf8'));
  const documents = await Promise.all(
    test.entries.map(async (entry) => {
      const names = await filesOf(top, entry);
      return names.map((name): CorpusDocument => {
        const isException = entry.exceptions.includes(name.slice(name.lastIndexOf('/') + 1));
        return {
          schema: entry.schema,
          path: join(top, name),
          isValid: test.isInvalid(name) === isException,
        };
      });
    }),
  );
  return { version, schemaFolder: join(top, 'src/conf/schemas'), documents: documents.flat() };
}

/** Paths from the top of the tree. libvirt's test leaves out hidden files and symbolic links. */
async function filesOf(top: string, entry: SchemaTestEntry): Promise<string[]> {
  if (entry.isFile) return [entry.path];
  const folder = join(top, entry.path);
  // Folders without a document are not unpacked.
  if (!(await exists(folder))) return [];
  const found = await readdir(folder, { withFileTypes: true });
  return found
    .filter((file) => file.isFile() && /^[^.].*\.xml$/.test(file.name))
    .map((file) => file.name)
    .filter((name) => entry.filter?.test(name) !== false && !entry.skipped.includes(name))
    .sort()
    .map((name) => `${entry.path}/${name}`);
}
