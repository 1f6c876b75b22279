import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Say } from '../say.ts';
import { countsOfProcess, type Counts } from './counts.ts';
import { withResultFiles } from './resultFiles.ts';

export interface MochaSuiteOptions {
  /** With the files `*.test.ts`, at any depth. */
  readonly folder: string;
  /** A test may take this long unless it says otherwise. */
  readonly testTimeoutMs: number;
  /** All tests together. */
  readonly limitMs: number;
}

const killDelayMs = 10_000;

/** Runs the tests of a folder in a process of their own, which prints its report to the terminal. */
export async function runMochaSuite(options: MochaSuiteOptions, say: Say): Promise<Counts> {
  return withResultFiles(async (files) => {
    const script = join(import.meta.dirname, 'mochaProcess.ts');
    const args = [options.folder, files.countsFile, String(options.testTimeoutMs)];
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: 'inherit' });
    const exitCode = await exitCodeOf(child, options.limitMs, say);
    const counts = await files.counts();
    if (counts === undefined) say(`The tests of ${options.folder} ended before they had all run.`);
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
