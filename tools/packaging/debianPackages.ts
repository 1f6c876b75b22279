import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureAptPackages } from '../apt.ts';
import { tryCommand } from '../lab/commands.ts';
import { privateApt } from '../privateApt.ts';
import { lastLines } from '../programs.ts';
import type { Say } from '../say.ts';

/** A version of a binary package that a release of Debian lists. */
export interface DebianPackage {
  readonly name: string;
  /** As Debian counts: `11.3.0-3+deb13u3`. */
  readonly version: string;
}

/** Debian's packages for this machine, to be looked into without installing them. apt checks their signatures. */
export class DebianPackages {
  readonly #options: readonly string[];

  private constructor(options: readonly string[]) {
    this.#options = options;
  }

  /** Reads what the releases have. Rejects when not one of them answers. */
  static async open(folder: string, releases: readonly string[], say: Say): Promise<DebianPackages> {
    await ensureAptPackages(['debian-archive-keyring'], say);
    const { archive, options } = await privateApt(folder, 'deb', releases);
    const packages = new DebianPackages(options);
    say(`Reading what packages Debian has: ${releases.join(', ')}.`);
    const { stderr } = await tryCommand(['apt-get', ...options, 'update', '--quiet']);
    if ((await packages.versionsOf('dpkg')).length === 0) {
      throw new Error(`No packages can be fetched from ${archive}:\n${lastLines(stderr, 10)}`);
    }
    return packages;
  }

  /** The versions that are listed, newest first. */
  async versionsOf(name: string): Promise<DebianPackage[]> {
    const { stdout } = await tryCommand(['apt-cache', ...this.#options, 'madison', name]);
    const versions = Array.from(stdout.matchAll(/^ *\S+ \| +(\S+) \|/gm), ([, version = '']) => version);
    return [...new Set(versions)].map((version) => ({ name, version }));
  }

  /** Puts the package into an empty folder. The path of its file; undefined when Debian's archive does not have it. */
  async download({ name, version }: DebianPackage, folder: string): Promise<string | undefined> {
    const command = ['apt-get', ...this.#options, 'download', '--quiet', `${name}=${version}`];
    const { exitCode } = await tryCommand(command, { cwd: folder });
    const file = (await readdir(folder)).find((entry) => entry.endsWith('.deb'));
    return exitCode === 0 && file !== undefined ? join(folder, file) : undefined;
  }
}
