import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  HostSchemasError,
  parseFiles,
  readHostSchemas,
} from '../../../../src/hosts/schemas/readHostSchemas.ts';
import { LocalTransport } from '../../../../src/transport/local/localTransport.ts';
import { smallSchemas } from '../../xml/schemas/smallSchemas.ts';

describe('the schemas of a host', () => {
  const path = process.env['PATH'];
  let folder = '';
  let schemas = '';
  let transport: LocalTransport;

  /** A libvirt in a folder of its own, whose daemon is first on the path: as on NixOS, by a link. */
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "host's schemas-"));
    schemas = join(folder, 'libvirt/share/libvirt/schemas');
    await mkdir(schemas, { recursive: true });
    await mkdir(join(folder, 'libvirt/sbin'));
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'libvirt/sbin/libvirtd'), '');
    await chmod(join(folder, 'libvirt/sbin/libvirtd'), 0o755);
    await symlink('../libvirt/sbin/libvirtd', join(folder, 'bin/libvirtd'));
    process.env['PATH'] = `${join(folder, 'bin')}:${path}`;
    for (const [name, text] of smallSchemas) await writeFile(join(schemas, name), text);
    transport = new LocalTransport();
  });

  afterEach(async () => {
    process.env['PATH'] = path;
    transport.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('are read where its libvirt is installed, each as it is', async () => {
    await writeFile(join(schemas, 'empty.rng'), '');
    await writeFile(join(schemas, 'notes.txt'), 'none of them');
    assert.deepEqual(
      new Map([...(await readHostSchemas(transport, {}))].sort()),
      new Map([...smallSchemas, ['empty.rng', '']].sort() as [string, string][]),
    );
  });

  it('are read without gzip too', async () => {
    const bin = join(folder, 'bin');
    for (const name of ['env', 'sh', 'cat', 'wc', 'readlink']) {
      await symlink(`/usr/bin/${name}`, join(bin, name));
    }
    process.env['PATH'] = bin;
    assert.equal((await readHostSchemas(transport, {})).get('secret.rng'), smallSchemas.get('secret.rng'));
  });

  it('are refused when a file has a name that none of them has', async () => {
    await writeFile(join(schemas, 'a b.rng'), 'x');
    await assert.rejects(readHostSchemas(transport, {}), HostSchemasError);
  });

  it('are cut off neither in a file nor between a name and its file', () => {
    const bytes = Buffer.from('a.rng 3\nabcb.rng 2\nde');
    assert.deepEqual(
      [...parseFiles(bytes)],
      [
        ['a.rng', 'abc'],
        ['b.rng', 'de'],
      ],
    );
    assert.equal(parseFiles(Buffer.alloc(0)).size, 0);
    for (const end of [3, 7, 8, 10, 14, 19, 20]) {
      assert.throws(() => parseFiles(bytes.subarray(0, end)), `${end}`);
    }
    assert.throws(() => parseFiles(Buffer.from('../a.rng 1\nx')));
  });
});
