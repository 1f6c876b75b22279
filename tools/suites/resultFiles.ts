import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts } from './counts.ts';

/** Where a process that runs tests leaves what came of them, for whoever started it. */
export class ResultFiles {
  readonly folder: string;
  /** JSON, written at the end of the run: a process that crashed has left none. */
  readonly countsFile: string;
  /** Text, written line by line. */
  readonly reportFile: string;

  constructor(folder: string) {
    this.folder = folder;
    this.countsFile = join(folder, 'counts.json');
    this.reportFile = join(folder, 'report.txt');
  }

  async counts(): Promise<Counts | undefined> {
    const text = await readIfThere(this.countsFile);
    return text === undefined ? undefined : (JSON.parse(text) as Counts);
  }

  async report(): Promise<string | undefined> {
    return (await readIfThere(this.reportFile))?.trimEnd();
  }
}

/** Makes a folder for results, for as long as `use` runs. */
export async function withResultFiles<T>(use: (files: ResultFiles) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'test-results-'));
  try {
    return await use(new ResultFiles(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  return existsSync(file) ? readFile(file, 'utf8') : undefined;
}
