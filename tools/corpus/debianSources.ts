import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureAptPackages } from '../apt.ts';
import { runCommand, tryCommand } from '../lab/commands.ts';
import { lastLines } from '../programs.ts';
import type { Say } from '../say.ts';

/** Where Debian's packages are when the machine's own sources do not say. */
const defaultArchive = 'http://deb.debian.org/debian';
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Debian's source packages, through apt, which checks signatures and checksums. Has its own lists in a folder of its own:
 * the machine's sources, lists and cache stay as they are.
 */
export class DebianSources {
  readonly #options: readonly string[];

  private constructor(options: readonly string[]) {
    this.#options = options;
  }

  /** Reads what the releases have. A release that does not answer is left out; rejects when none does. */
  static async open(folder: string, releases: readonly string[], say: Say): Promise<DebianSources> {
    await ensureAptPackages(['debian-archive-keyring', 'xz-utils'], say);
    const lists = join(folder, 'lists');
    const cache = join(folder, 'cache');
    const sourceList = join(folder, 'sources.list');
    await mkdir(join(lists, 'partial'), { recursive: true });
    await mkdir(join(cache, 'archives/partial'), { recursive: true });
    const archive = await debianArchive();
    const lines = releases.map((release) => `deb-src [signed-by=${keyring}] ${archive} ${release} main\n`);
    await writeFile(sourceList, lines.join(''));
    const settings = {
      'Dir::Etc::SourceList': sourceList,
      'Dir::Etc::SourceParts': '/dev/null',
      'Dir::State::Lists': lists,
      'Dir::Cache': cache,
    };
    const sources = new DebianSources(
      Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    );
    say(`Reading what source packages Debian has: ${releases.join(', ')}.`);
    const { stderr } = await tryCommand(['apt-get', ...sources.#options, 'update', '--quiet']);
    if ((await sources.versionsOf('apt')).length === 0) {
      throw new Error(`No source packages can be fetched from ${archive}:\n${lastLines(stderr, 10)}`);
    }
    return sources;
  }

  /** The versions of a source package that the releases list; whether the archive still has the files is not known yet. */
  async versionsOf(name: string): Promise<string[]> {
    const { stdout } = await tryCommand(['apt-cache', ...this.#options, 'showsrc', '--only-source', name]);
    return [...new Set(Array.from(stdout.matchAll(/^Version: (\S+)$/gm), ([, version = '']) => version))];
  }

  /** Puts the archive of the unpatched sources into a folder; false when Debian's archive does not have it. */
  async fetch(name: string, version: string, folder: string): Promise<boolean> {
    const command = ['apt-get', ...this.#options, 'source', '--quiet', '--download-only', '--tar-only'];
    const { exitCode } = await tryCommand([...command, `${name}=${version}`], { cwd: folder });
    return exitCode === 0;
  }
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
