import { appendFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { runMocha } from '../../../tools/suites/mochaRun.ts';
import { ResultFiles } from '../../../tools/suites/resultFiles.ts';

const testTimeoutMs = 20_000;

/**
 * What VS Code calls in its extension host: declares the tests by `files`, each of which loads one, and runs them.
 * Rejects when one failed. The report and the counts go to files in the folder that EXTENSION_TEST_RESULTS names:
 * the console of an extension host is full of VS Code's own messages.
 */
export async function runInExtensionHost(files: readonly (() => Promise<unknown>)[]): Promise<void> {
  const folder = process.env['EXTENSION_TEST_RESULTS'];
  if (folder === undefined) throw new Error('EXTENSION_TEST_RESULTS names no folder.');
  const results = new ResultFiles(folder);
  const print = (line: string): void => {
    appendFileSync(results.reportFile, `${line}\n`);
  };
  const failures = await runMocha({
    timeoutMs: testTimeoutMs,
    countsFile: results.countsFile,
    color: false,
    print,
    load: async (mocha) => {
      mocha.suite.emit('pre-require', globalThis, '', mocha);
      try {
        for (const file of files) await file();
      } catch (error) {
        print(`A test file could not be loaded:\n${inspect(error)}`);
        throw error;
      }
    },
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
