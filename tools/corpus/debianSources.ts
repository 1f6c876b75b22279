import { ensureAptPackages } from '../apt.ts';
import { tryCommand } from '../lab/commands.ts';
import { privateApt } from '../privateApt.ts';
import type { Say } from '../say.ts';

/** Debian's source packages, through apt, which checks signatures and checksums. */
export class DebianSources {
  readonly #options: readonly string[];

  private constructor(options: readonly string[]) {
    this.#options = options;
  }

  /** Reads what the releases have. A release that does not answer is left out; rejects when none does. */
  static async open(folder: string, releases: readonly string[], say: Say): Promise<DebianSources> {
    await ensureAptPackages(['debian-archive-keyring', 'xz-utils'], say);
    const { archive, options } = await privateApt(folder, 'deb-src', releases);
    const sources = new DebianSources(options);
    say(`Reading what source packages Debian has: ${releases.join(', ')}.`);
    const { stderr } = await tryCommand(['apt-get', ...sources.#options, 'update', '--quiet']);
    if ((await sources.versionsOf('apt')).length === 0) {
      const reasons = stderr.split('\n').filter((line) => !line.includes('unsandboxed'));
      throw new Error(`No source packages can be fetched from ${archive}:\n${reasons.join('\n')}`);
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
