import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMissing, isAskable } from '../../../../src/hosts/knowledge/missingFiles.ts';
import { LocalTransport } from '../../../../src/transport/local/localTransport.ts';

describe('a path that a document names', () => {
  it('is asked about when it is one, whatever signs it has', () => {
    for (const path of [
      '/a',
      '/var/lib/libvirt/qemu/nvram/vm_VARS.fd',
      `/a b/'"$(c)\`d\`\\;*`,
      '/虚拟机/-x',
    ]) {
      assert.equal(isAskable(path), true, path);
    }
  });

  it('is not when it is relative, not in its shortest form, long, or has control characters', () => {
    const odd = ['', 'a', './a', '~/a', '/a/../b', '//a', '/a//b', '/a/./b', '/a\n', '/a\0', '/\u009b'];
    for (const path of [...odd, `/${'a'.repeat(255)}`, `/${'虚'.repeat(85)}`]) {
      assert.equal(isAskable(path), false, JSON.stringify(path));
    }
    assert.equal(isAskable(`/${'a'.repeat(254)}`), true);
  });

  it('is not where a look connects to another machine', () => {
    assert.deepEqual(['/net/evil/x', '/afs/evil/x', '/net', '/network/x'].filter(isAskable), ['/network/x']);
  });
});

describe('the files that are not on a host', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'missing-'));
    await writeFile(join(folder, "there's $(one)"), '');
    await symlink('nowhere', join(folder, 'dangling'));
    await symlink('loop', join(folder, 'loop'));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('are those of which the system says that there is none', async () => {
    const names = ["there's $(one)", 'none', 'dangling', 'loop', 'no/folder', "there's $(one)/in", '$(none)'];
    const paths = names.map((name) => join(folder, name));
    const transport = new LocalTransport();
    const missing = await findMissing(transport, paths, {});
    transport.dispose();
    assert.deepEqual(
      missing.map((path) => path.slice(folder.length + 1)),
      ['none', 'dangling', 'no/folder', '$(none)'],
    );
  });
});
