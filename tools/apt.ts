import { runCommand, tryCommand } from './lab/commands.ts';
import { findProgram } from './programs.ts';
import type { Say } from './say.ts';

/**
 * Installs those of the packages that are missing, on Debian and Ubuntu. Rejects with a sentence that says what to do
 * where this process may not install anything.
 */
export async function ensureAptPackages(names: readonly string[], say: Say): Promise<void> {
  if ((await findProgram(['apt-get'])) === undefined) {
    throw new Error(`This needs Debian or Ubuntu, with the packages ${names.join(', ')}.`);
  }
  const missing = await missingPackages(names);
  if (missing.length === 0) return;
  const install = ['install', '--yes', '--quiet', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    throw new Error(`Packages are missing. Install them with: sudo apt-get ${install.join(' ')}`);
  }
  say(`Installing the packages ${missing.join(', ')}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand(['apt-get', 'update', '--quiet'], { env });
  await runCommand(['apt-get', '-o', 'DPkg::Lock::Timeout=300', ...install], { env });
}

/** The names that dpkg does not have installed. */
export async function missingPackages(names: readonly string[]): Promise<string[]> {
  const format = '${db:Status-Abbrev}${Package}\n';
  const { stdout } = await tryCommand(['dpkg-query', '--show', `--showformat=${format}`, ...names]);
  return notInstalled(names, stdout);
}

/** What is not among the lines of dpkg-query, each the state wished, the state there is, and a name: `ii chromium`. */
export function notInstalled(names: readonly string[], dpkgLines: string): string[] {
  const installed = new Set(
    dpkgLines
      .split('\n')
      .filter((line) => /^.i /.test(line))
      .map((line) => line.slice(3)),
  );
  return names.filter((name) => !installed.has(name));
}
