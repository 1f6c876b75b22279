import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isoImage, type IsoFile } from '../../../../src/operations/newDomain/iso9660/isoImage.ts';

const run = promisify(execFile);

/** Whether there is no such program. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
const date = new Date('2026-11-20T10:11:12Z');

const files: readonly IsoFile[] = [
  { name: 'user-data', content: Buffer.from(`#cloud-config\n${'x'.repeat(5000)}\n`) },
  { name: 'meta-data', content: Buffer.from('{}\n') },
  { name: 'network-config', content: Buffer.alloc(0) },
  { name: 'a sector.bin', content: Buffer.alloc(2048, 7) },
];

describe('a CD image', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iso-'));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  async function image(given: readonly IsoFile[]): Promise<string> {
    const path = join(folder, 'image.iso');
    await writeFile(path, isoImage('cidata', given, date));
    return path;
  }

  it('has the volume name that cloud-init looks for, where every system reads it', async () => {
    const bytes = await readFile(await image(files));
    assert.equal(
      bytes
        .subarray(16 * 2048 + 40, 16 * 2048 + 72)
        .toString()
        .trim(),
      'cidata',
    );
    const joliet = bytes.subarray(17 * 2048 + 40, 17 * 2048 + 52).swap16();
    assert.equal(joliet.toString('utf16le'), 'cidata');
    assert.equal(bytes.length % 2048, 0);
    assert.equal(bytes.readUInt32LE(16 * 2048 + 80), bytes.length / 2048);
  });

  for (const [reader, option] of [
    ['Rock Ridge', 'nojoliet'],
    ['Joliet', 'norock'],
  ] as const) {
    it(`gives every file back, byte for byte, by ${reader}`, async function () {
      const path = await image(files);
      const out = join(folder, option);
      const args = ['-osirrox', 'on', '-read_fs', option, '-indev', path, '-extract', '/', out];
      await run('xorriso', args).catch((error: unknown) => {
        if (isAbsent(error)) this.skip();
        throw error;
      });
      for (const { name, content } of files)
        assert.deepEqual(await readFile(join(out, name)), Buffer.from(content), name);
      await run('chmod', ['-R', 'u+w', out]);
    });
  }

  it('holds more files than one sector has records for', async function () {
    const many = Array.from({ length: 60 }, (_none, index) => ({
      name: `file-with-a-long-name-${index}`,
      content: Buffer.from(String(index)),
    }));
    const path = await image(many);
    const { stdout } = await run('xorriso', ['-indev', path, '-find', '/', '-type', 'f']).catch(
      (error: unknown) => {
        if (isAbsent(error)) this.skip();
        throw error;
      },
    );
    assert.equal(stdout.trim().split('\n').length, 60);
  });
});
