/**
 * The process in which the tests of a folder run: `mochaProcess.ts FOLDER COUNTS_FILE TIMEOUT_MS [SHARE OF]`. With the
 * last two it runs the SHAREth of so many parts of the files, from 0.
 * Exit code 0 when all passed and nothing was left open.
 */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Mocha from 'mocha';
import { exitOnSignals } from '../signals.ts';
import { runMocha } from './mochaRun.ts';

const lingeringMs = 5_000;

const [folder, countsFile, timeoutMs, share = '0', of = '1'] = process.argv.slice(2);
if (folder === undefined || countsFile === undefined || timeoutMs === undefined) {
  throw new Error('Usage: mochaProcess.ts FOLDER COUNTS_FILE TIMEOUT_MS [SHARE OF]');
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

const files = (await readdir(folder, { recursive: true }))
  .filter((name) => name.endsWith('.test.ts'))
  .sort()
  .filter((_name, index) => index % Number(of) === Number(share));
const failures = await runMocha({
  timeoutMs: Number(timeoutMs),
  countsFile,
  color: process.stdout.isTTY,
  load: async (mocha) => {
    // Mocha would require() them: what the code imports with import() would then be there twice, each class as well.
    for (const file of files) {
      const path = resolve(join(folder, file));
      mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, path, mocha);
      await import(pathToFileURL(path).href);
    }
  },
});
process.exitCode = failures === 0 ? 0 : 1;

setTimeout(() => {
  console.error(`The tests have ended but left open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}, lingeringMs).unref();
