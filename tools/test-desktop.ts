/**
 * `npm run test:desktop`: the tests of test/vscode in the extension host of a desktop VS Code, which is downloaded from
 * Microsoft. The last line says how many passed and failed.
 */
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { messageOf } from '../src/base/errors.ts';
import { buildExtensionTests } from './build-tests.ts';
import { runCommand } from './lab/commands.ts';
import { countsOfProcess, requireTests, summaryLine, type Counts } from './suites/counts.ts';
import { withResultFiles } from './suites/resultFiles.ts';

const repository = join(import.meta.dirname, '..');
const testBundle = join(repository, 'out/vscode-tests/index.cjs');

const say = (line: string): void => {
  console.log(line);
};

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({
      version: 'stable',
      cachePath: join(repository, 'out/desktop-vscode'),
    });
  } catch (cause) {
    throw new Error(
      `A desktop VS Code could not be downloaded: ${messageOf(cause)}. ` +
        'The same tests run without a download, in the server of VS Code: npm test -- newest floor',
      { cause },
    );
  }
}

async function runOnDesktop(vscodeExecutablePath: string): Promise<Counts> {
  return withResultFiles(async (files) => {
    const exitCode = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: repository,
      extensionTestsPath: testBundle,
      extensionTestsEnv: { EXTENSION_TEST_RESULTS: files.folder },
      launchArgs: ['--disable-extensions', '--disable-workspace-trust'],
    }).catch((error: unknown) => {
      say(messageOf(error));
      return 1;
    });
    say((await files.report()) ?? 'The tests did not begin.');
    return countsOfProcess(await files.counts(), exitCode);
  });
}

try {
  const vscode = await download();
  await runCommand(['npm', 'run', '--silent', 'build'], { cwd: repository });
  await buildExtensionTests(join(repository, 'test/vscode'), testBundle);
  const counts = requireTests(await runOnDesktop(vscode));
  say(summaryLine(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
} catch (error) {
  say(messageOf(error));
  process.exitCode = 1;
}
