import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { libvirtSchemas, upstreamVersion } from '../../../../tools/packaging/libvirtSchemas.ts';
import { placeSchemas } from '../../../../tools/packaging/placeSchemas.ts';

const assertNoSay = (line: string): void => {
  assert.fail(line);
};

describe('the schemas for the package', () => {
  let folder = '';
  let cache = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packaging-'));
    cache = join(folder, 'cache');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function keep(): Promise<void> {
    await mkdir(join(cache, 'libvirt'), { recursive: true });
    await writeFile(join(cache, 'libvirt/schemas.json'), '{"version": "11.3.0"}');
    await writeFile(join(cache, 'libvirt/copyright'), 'Copyright: somebody\n');
    await writeFile(join(cache, 'libvirt/domain.rng'), '<grammar/>');
  }

  it('have the version of libvirt, not of the package', () => {
    assert.deepEqual(['11.3.0-3+deb13u3', '9.0.0-4', '1:12.8.0-1', '10.0.0-rc1-2'].map(upstreamVersion), [
      '11.3.0',
      '9.0.0',
      '12.8.0',
      '10.0.0-rc1',
    ]);
  });

  it('are fetched once', async () => {
    await keep();
    assert.equal(await libvirtSchemas(assertNoSay, cache), join(cache, 'libvirt'));
  });

  it('are placed unmodified beside the bundle, with a notice of their terms', async () => {
    await keep();
    const notice = await placeSchemas({ outdir: folder, production: true, say: assertNoSay, cache });
    assert.deepEqual(await readdir(join(folder, 'schemas')), ['copyright', 'domain.rng', 'schemas.json']);
    assert.equal(await readFile(join(folder, 'schemas/domain.rng'), 'utf8'), '<grammar/>');
    assert.match(
      notice ?? '',
      /^libvirt 11\.3\.0, schemas \(LGPL-2\.1-or-later\)\n-+\n[^]*Copyright: somebody\n$/,
    );
  });

  it('are left out of a build for development where they cannot be had, and a package is refused', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      const said: string[] = [];
      const say = (line: string): void => void said.push(line);
      assert.equal(await placeSchemas({ outdir: folder, production: false, say, cache }), undefined);
      assert.match(said.join('\n'), /^The build has no schemas of libvirt in it/);
      await assert.rejects(placeSchemas({ outdir: folder, production: true, say, cache }), /cannot be had/);
    } finally {
      process.env['PATH'] = path;
    }
  });
});
