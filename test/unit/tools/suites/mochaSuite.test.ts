import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Counts } from '../../../../tools/suites/counts.ts';
import { ResultFiles } from '../../../../tools/suites/resultFiles.ts';

const script = resolve('tools/suites/mochaProcess.ts');
const testTimeoutMs = 1_000;

describe('a process of mocha tests', function () {
  this.timeout(30_000);
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mocha-process-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function run(
    ...testFiles: readonly string[]
  ): Promise<{ process: SpawnSyncReturns<string>; counts: Counts | undefined }> {
    const tests = join(folder, 'tests', 'deep');
    await mkdir(tests, { recursive: true });
    for (const [at, text] of testFiles.entries()) await writeFile(join(tests, `${at}.test.ts`), text);
    const results = new ResultFiles(folder);
    const args = [
      '--import',
      'tsx',
      script,
      join(folder, 'tests'),
      results.countsFile,
      String(testTimeoutMs),
    ];
    const process = spawnSync('node', args, { encoding: 'utf8' });
    return { process, counts: await results.counts() };
  }

  it('counts what passes in all files, and says it in words', async () => {
    const { process, counts } = await run(
      "describe('one', () => { it('works', () => {}); });",
      "describe('two', () => { it('works too', () => {}); });",
    );
    assert.equal(process.status, 0);
    assert.deepEqual(counts, { passed: 2, failed: 0 });
    assert.match(process.stdout, /works too/);
  });

  it('counts a failure and ends with 1', async () => {
    const { process, counts } = await run(
      "it('is right', () => {}); it('is wrong', () => { throw new Error('wrong indeed'); });",
    );
    assert.equal(process.status, 1);
    assert.deepEqual(counts, { passed: 1, failed: 1 });
    assert.match(process.stdout, /wrong indeed/);
  });

  it('ends with 1 when nobody handled a rejection', async () => {
    const { process, counts } = await run(
      "it('forgets', async () => { void Promise.reject(new Error('forgotten')); await Promise.resolve(); });",
    );
    assert.equal(process.status, 1);
    assert.deepEqual(counts, { passed: 1, failed: 0 });
    assert.match(process.stderr, /forgotten/);
  });

  it('counts a test that is skipped as a failure', async () => {
    const { counts } = await run("it.skip('is skipped', () => {}); it('works', () => {});");
    assert.deepEqual(counts, { passed: 1, failed: 1 });
  });

  it('leaves no counts when it crashes', async () => {
    const { process, counts } = await run("it('crashes', () => { process.exit(0); });");
    assert.equal(process.status, 0);
    assert.equal(counts, undefined);
  });

  it('leaves no counts when a file cannot be loaded', async () => {
    const { process, counts } = await run("throw new Error('broken file');");
    assert.equal(process.status, 1);
    assert.equal(counts, undefined);
    assert.match(process.stderr, /broken file/);
  });

  it('ends with 1 when tests leave something running', async () => {
    const { process, counts } = await run("it('starts a clock', () => { setInterval(() => {}, 1000); });");
    assert.equal(process.status, 1);
    assert.deepEqual(counts, { passed: 1, failed: 0 });
    assert.match(process.stderr, /left open: .*Timeout/);
  });
});
