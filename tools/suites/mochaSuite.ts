import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Say } from '../say.ts';
import { countsOfProcess, sumCounts, type Counts } from './counts.ts';
import { withResultFiles } from './resultFiles.ts';

export interface MochaSuiteOptions {
  /** With the files `*.test.ts`, at any depth. */
  readonly folder: string;
  /** A test may take this long unless it says otherwise. */
  readonly testTimeoutMs: number;
  /** All tests together. */
  readonly limitMs: number;
  /** How many processes share the files. Default 1. */
  readonly processes?: number;
}

const killDelayMs = 10_000;

/**
 * Runs the tests of a folder in processes of their own, side by side. The first prints its report to the terminal as it
 * goes, the others when they have ended.
 */
export async function runMochaSuite(options: MochaSuiteOptions, say: Say): Promise<Counts> {
  const { processes = 1 } = options;
  const shares = Array.from({ length: processes }, (_value, share) => runShare(options, share, say));
  return sumCounts(await Promise.all(shares));
}

async function runShare(options: MochaSuiteOptions, share: number, say: Say): Promise<Counts> {
  return withResultFiles(async (files) => {
    const { folder, testTimeoutMs, processes = 1 } = options;
    const script = join(import.meta.dirname, 'mochaProcess.ts');
    const args = [folder, files.countsFile, String(testTimeoutMs), String(share), String(processes)];
    const output = share === 0 ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      stdio: ['ignore', output, output],
    });
    const printed = [child.stdout, child.stderr].map(async (stream) => (stream ? text(stream) : ''));
    const exitCode = await exitCodeOf(child, options.limitMs, say);
    for (const report of await Promise.all(printed)) if (report !== '') say(report.trimEnd());
    const counts = await files.counts();
    if (counts === undefined) say(`The tests of ${folder} ended before they had all run.`);
    else if (counts.failed === 0 && exitCode !== 0)
      say('All tests passed, but their process did not end well.');
    return countsOfProcess(counts, exitCode);
  });
}

async function exitCodeOf(child: ChildProcess, limitMs: number, say: Say): Promise<number | undefined> {
  const kill = (): void => {
    child.kill();
  };
  process.once('exit', kill);
  const timers = [
    setTimeout(() => {
      say(`The tests are ended: they have run for ${limitMs / 1000} s.`);
      kill();
    }, limitMs),
    setTimeout(() => child.kill('SIGKILL'), limitMs + killDelayMs),
  ];
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => {
        resolve(code ?? undefined);
      });
    });
  } finally {
    timers.forEach(clearTimeout);
    process.off('exit', kill);
  }
}
