import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './lab/commands.ts';

/** Where Debian's packages are when the machine's own sources do not say. */
const defaultArchive = 'http://deb.debian.org/debian';
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Makes apt lists of Debian's releases in a folder of their own: the machine's sources, lists and cache stay as they
 * are. Needs the package debian-archive-keyring, by which apt checks what it fetches.
 *
 * @param type source packages, or those for this machine
 * @returns the options of apt-get and apt-cache, which `update` is to be run with first, and where the packages are
 */
export async function privateApt(
  folder: string,
  type: 'deb' | 'deb-src',
  releases: readonly string[],
): Promise<{ readonly archive: string; readonly options: readonly string[] }> {
  const lists = join(folder, 'lists');
  const cache = join(folder, 'cache');
  const sourceList = join(folder, 'sources.list');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives/partial'), { recursive: true });
  const archive = await debianArchive();
  const lines = releases.map((release) => `${type} [signed-by=${keyring}] ${archive} ${release} main\n`);
  await writeFile(sourceList, lines.join(''));
  const settings = {
    'Dir::Etc::SourceList': sourceList,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': lists,
    'Dir::Cache': cache,
  };
  return {
    archive,
    options: Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
  };
}

/** Where this machine takes Debian's packages from. */
async function debianArchive(): Promise<string> {
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1];
  const uris = await runCommand(['apt-get', 'update', '--print-uris', '--quiet']);
  return archiveOf(uris, release) ?? defaultArchive;
}

/** The archive among what `apt-get update --print-uris` lists that has the release and is Debian's, by its last folder. */
export function archiveOf(uris: string, release: string | undefined): string | undefined {
  return Array.from(uris.matchAll(/^'(\S+\/debian)\/dists\/([^/\s]+)\/InRelease'/gm)).find(
    (found) => found[2] === release,
  )?.[1];
}
