/**
 * The process in which the tests of a folder run: `mochaProcess.ts FOLDER COUNTS_FILE TIMEOUT_MS`.
 * Exit code 0 when all passed and nothing was left open.
 */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exitOnSignals } from '../signals.ts';
import { runMocha } from './mochaRun.ts';

const lingeringMs = 5_000;

const [folder, countsFile, timeoutMs] = process.argv.slice(2);
if (folder === undefined || countsFile === undefined || timeoutMs === undefined) {
  throw new Error('Usage: mochaProcess.ts FOLDER COUNTS_FILE TIMEOUT_MS');
}

// Mocha drops rejections that nobody handles.
let unhandled = 0;
process.on('unhandledRejection', (reason) => {
  unhandled += 1;
  console.error('A rejection that nobody handled:', reason);
});
process.on('exit', () => {
  if (unhandled > 0) process.exitCode = 1;
});
exitOnSignals();

const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.test.ts')).sort();
const failures = await runMocha({
  timeoutMs: Number(timeoutMs),
  countsFile,
  color: process.stdout.isTTY,
  load: async (mocha) => {
    for (const file of files) mocha.addFile(resolve(join(folder, file)));
    await mocha.loadFilesAsync();
  },
});
process.exitCode = failures === 0 ? 0 : 1;

setTimeout(() => {
  console.error(`The tests have ended but left open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}, lingeringMs).unref();
