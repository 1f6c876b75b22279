import { join } from 'node:path';
import { buildExtensionTests } from '../build-tests.ts';
import { labObstacle } from '../lab/availability.ts';
import { runCommand, tryCommand } from '../lab/commands.ts';
import { startLabHome } from '../labHome.ts';
import type { Say } from '../say.ts';
import { runExtensionHostTests } from '../vscode-host/extensionHostTests.ts';
import { provisionVsCode } from '../vscode-host/provision.ts';
import type { VsCodeVersion } from '../vscode-host/versions.ts';
import type { Counts } from './counts.ts';
import { runMochaSuite } from './mochaSuite.ts';

export interface Suite {
  /** As it is chosen on the command line. */
  readonly name: string;
  readonly title: string;
  /** It needs a core alone, and says nothing before its end: it runs beside the others. */
  readonly isQuiet?: boolean;
  run(say: Say): Promise<Counts>;
}

const repository = join(import.meta.dirname, '../..');
const minutes = 60_000;

/** In the order they run: the quick ones first. */
export const suites: readonly Suite[] = [
  { name: 'types', title: 'types', isQuiet: true, run: async (say) => checkWithScript('types', say) },
  { name: 'lint', title: 'lint and layout', isQuiet: true, run: async (say) => checkWithScript('lint', say) },
  { name: 'unit', title: 'unit and wire', run: testUnits },
  { name: 'corpus', title: 'libvirt’s documents', run: testOnCorpus },
  { name: 'lab', title: 'lab', run: testInLab },
  {
    name: 'newest',
    title: 'extension host, newest',
    run: async (say) => testInExtensionHost('newest', say),
  },
  { name: 'floor', title: 'extension host, floor', run: async (say) => testInExtensionHost('floor', say) },
  { name: 'chinese', title: 'extension host, Chinese', run: testInChinese },
  { name: 'window', title: 'window', run: testInWindow },
];

/** A script of package.json as one test, which passes when the script does. */
async function checkWithScript(script: string, say: Say): Promise<Counts> {
  const { exitCode, stdout, stderr } = await tryCommand(['npm', 'run', '--silent', script]);
  if (exitCode === 0) return { passed: 1, failed: 0 };
  say(`${stdout}${stderr}`.trimEnd());
  return { passed: 0, failed: 1 };
}

async function testUnits(say: Say): Promise<Counts> {
  return runMochaSuite({ folder: 'test/unit', testTimeoutMs: 10_000, limitMs: 5 * minutes }, say);
}

/** Most of the time is that of fetching libvirt's sources the first time, and of the engines that ours is compared with. */
async function testOnCorpus(say: Say): Promise<Counts> {
  return runMochaSuite({ folder: 'test/corpus', testTimeoutMs: 3 * minutes, limitMs: 10 * minutes }, say);
}

/** Its tests mostly wait for daemons: two cores can bear three processes. */
async function testInLab(say: Say): Promise<Counts> {
  await requireLab();
  return runMochaSuite(
    { folder: 'test/lab', testTimeoutMs: 60_000, limitMs: 12 * minutes, processes: 3 },
    say,
  );
}

async function requireLab(): Promise<void> {
  const obstacle = await labObstacle();
  if (obstacle === undefined) return;
  throw new Error(`${obstacle} What needs no lab: npm test -- types lint unit`);
}

async function buildExtension(): Promise<void> {
  await runCommand(['npm', 'run', '--silent', 'build']);
}

/** Runs test/vscode in the extension host of that VS Code, with the hosts of a fresh lab in its settings. */
async function testInExtensionHost(version: VsCodeVersion, say: Say): Promise<Counts> {
  await requireLab();
  const install = await provisionVsCode(version, say);
  say(`VS Code ${install.number}.`);
  await buildExtension();
  const testBundle = join(repository, 'out/vscode-tests/index.cjs');
  await buildExtensionTests(join(repository, 'test/vscode'), testBundle);
  const lab = await startLabHome(say);
  try {
    const { counts } = await runExtensionHostTests({
      install,
      extensionFolder: repository,
      testBundle,
      home: lab.home,
      settings: lab.settings,
      env: { LAB_FOLDER: lab.lab.folder },
      timeoutMs: 5 * minutes,
      say,
    });
    return counts;
  } finally {
    await lab.stop();
  }
}

/** Runs test/vscode-zh with Simplified Chinese as the display language. It needs no lab: its only host is one that refuses. */
async function testInChinese(say: Say): Promise<Counts> {
  const install = await provisionVsCode('newest', say);
  await buildExtension();
  const testBundle = join(repository, 'out/vscode-zh-tests/index.cjs');
  await buildExtensionTests(join(repository, 'test/vscode-zh'), testBundle);
  const { counts } = await runExtensionHostTests({
    install,
    extensionFolder: repository,
    testBundle,
    displayLanguage: 'zh-cn',
    settings: { 'libvirt.hosts': [{ uri: 'qemu+ssh://127.0.0.1:1/system', name: 'closed' }] },
    timeoutMs: minutes,
    say,
  });
  return counts;
}

async function testInWindow(say: Say): Promise<Counts> {
  await requireLab();
  await buildExtension();
  return runMochaSuite(
    { folder: 'test/ui', testTimeoutMs: 60_000, limitMs: 12 * minutes, processes: 2 },
    say,
  );
}
