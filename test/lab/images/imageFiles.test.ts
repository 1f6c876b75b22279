import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { createRbdImage, createRbdSnapshot, getRbdInfo, type RbdImage } from '../../../src/ceph/rbd.ts';
import {
  exportRbdChangesToFile,
  exportRbdToFile,
  importRbdChangesFromFile,
} from '../../../src/ceph/rbdTransfer.ts';
import { copyImage } from '../../../src/operations/images/copyImage.ts';
import { freeSpaceFor, readHostImage, writeNewFile } from '../../../src/operations/images/hostFiles.ts';
import { importHostFile } from '../../../src/operations/images/importHostFile.ts';
import { importImage } from '../../../src/operations/images/importImage.ts';
import { removeUnfinished } from '../../../src/operations/images/unfinishedImage.ts';
import { cephClientOfPool } from '../../../src/operations/volumes/cephClientOf.ts';
import { readPool } from '../../../src/operations/volumes/rbdVolume.ts';
import { downloadRbdImage } from '../../../src/operations/volumes/transfer/downloadFile.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { adminClient, type AdminClient } from './adminClient.ts';

const MiB = 1024 * 1024;

describe('RBD images and files', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let admin: AdminClient;
  /** As libvirt is to Ceph: with a key, and without the host's ceph.conf. */
  let libvirt: CephClient;
  let client: CephClient;
  let folder: string;
  let content: Buffer;

  const named = (image: string): RbdImage => ({ pool: lab.ceph.pool, namespace: undefined, image });
  const images = async (): Promise<string[]> => (await lab.ceph.rbd('ls', lab.ceph.pool)) as string[];
  const exported = async (image: string): Promise<Buffer> => {
    const path = `/tmp/${image}.check`;
    await lab.ceph.run([
      'sh',
      '-c',
      `rm -f ${path}; rbd export --no-progress ${lab.ceph.pool}/${image} ${path}`,
    ]);
    return Buffer.from((await lab.ceph.run(['base64', path])).trim(), 'base64');
  };

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    admin = await adminClient(lab);
    ({ client } = admin);
    const host = await admin.session.connect();
    libvirt = await cephClientOfPool(host, await readPool(host, 'rbd-pool'));
    folder = await mkdtemp(join(tmpdir(), 'images-'));
    content = Buffer.concat([randomBytes(5 * MiB), Buffer.alloc(6 * MiB), randomBytes(MiB + 100)]);
    await writeFile(join(folder, 'disk.img'), content);
    await kvm1.machine.writeFile('/root/disk.b64', content.toString('base64'));
    await kvm1.run(['sh', '-c', 'base64 -d /root/disk.b64 >/root/disk.img; rm /root/disk.b64']);
    await kvm1.run(['qemu-img', 'convert', '-O', 'qcow2', '/root/disk.img', '/root/disk.qcow2']);
  });

  after(async () => {
    await rm(folder, { recursive: true });
    await kvm1.run(['rm', '-f', '/root/disk.img', '/root/disk.qcow2']);
    admin.dispose();
  });

  it('a file of this machine becomes an image of whole sectors, and comes back', async () => {
    const image = named('vf-up');
    const said: (string | undefined)[] = [];
    const file = { path: join(folder, 'disk.img'), size: content.length };
    await importImage(client, image, file, { report: ({ message }) => said.push(message) });
    assert.ok(said.length > 0);
    const { size } = await getRbdInfo(client, image);
    assert.equal(size, Math.ceil(content.length / 512) * 512);
    await createRbdSnapshot(client, { ...image, snapshot: 'then' });
    const back = join(folder, 'back.img');
    await downloadRbdImage({ client, image: { ...image, snapshot: 'then' } }, back);
    assert.ok((await readFile(back)).subarray(0, content.length).equals(content));
    assert.ok((await stat(back)).blocks * 512 < 8 * MiB);
    await assert.rejects(importImage(client, image, file), { code: 'exists' });
    await removeUnfinished(client, image);
  });

  for (const [who, whose] of [
    ['client.admin with its keyring', (): CephClient => client],
    ['libvirt’s client with its key', (): CephClient => libvirt],
  ] as const) {
    it(`a raw and a qcow2 file of the host become images, by ${who}`, async () => {
      for (const format of ['raw', 'qcow2']) {
        const path = format === 'raw' ? '/root/disk.img' : '/root/disk.qcow2';
        const file = await readHostImage(whose(), path);
        assert.equal(file.format, format);
        const fractions: number[] = [];
        await importHostFile(whose(), named('vf-host'), file, {
          report: ({ fraction }) => fractions.push(fraction ?? -1),
        });
        assert.ok(fractions.length > 0 && fractions.every((one) => one >= 0 && one <= 1));
        assert.ok((await exported('vf-host')).subarray(0, content.length).equals(content), format);
        await removeUnfinished(client, named('vf-host'));
      }
    });
  }

  it('a file that is not there, or is none, is refused in words', async () => {
    await assert.rejects(readHostImage(client, '/root/nosuch.img'), {
      code: 'not-possible',
      message: /nosuch\.img on .*kvm1 cannot be read: No such file or directory/,
    });
    const file = { path: '/root/nosuch.qcow2', format: 'qcow2', size: MiB, backing: undefined };
    await assert.rejects(importHostFile(client, named('vf-broken'), file), {
      code: 'not-possible',
      message: /No such file or directory/,
    });
    assert.ok(!(await images()).includes('vf-broken'));
  });

  it('an image becomes a file of the host, over which nothing is written', async () => {
    const path = "/root/it's $(touch hostile).img";
    const image = named('vf-out');
    await createRbdImage(client, image, 16 * MiB);
    const fractions: number[] = [];
    await writeNewFile(client, path, (part) =>
      exportRbdToFile(client, image, part, { report: ({ fraction }) => fractions.push(fraction ?? -1) }),
    );
    assert.equal(await kvm1.run(['stat', '--format=%s', path]), `${16 * MiB}\n`);
    assert.ok(fractions.length > 0);
    const again = writeNewFile(client, path, (part) => exportRbdToFile(client, image, part));
    await assert.rejects(again, { code: 'exists' });
    const nowhere = writeNewFile(client, '/root/nosuch/a.img', (part) =>
      exportRbdToFile(client, image, part),
    );
    await assert.rejects(nowhere, { message: /no folder \/root\/nosuch/ });
    const missing = writeNewFile(client, '/root/b.img', (part) =>
      exportRbdToFile(client, named('nosuch'), part),
    );
    await assert.rejects(missing, { code: 2 });
    assert.equal((await kvm1.exec(['sh', '-c', 'ls /root/*.part'])).exitCode, 2);
    assert.ok(((await freeSpaceFor(client, path)) ?? 0) > MiB);
    await kvm1.run(['rm', path]);
    await removeUnfinished(client, image);
  });

  it('what has changed since a snapshot goes by a file into a copy', async () => {
    const [image, copy] = [named('vf-inc'), named('vf-inc-copy')];
    await importHostFile(client, image, await readHostImage(client, '/root/disk.img'));
    await createRbdSnapshot(client, { ...image, snapshot: 'one' });
    await copyImage(client, { kind: 'withSnapshots', source: image, copy, flatten: false });
    await lab.ceph.run([
      ...['rbd', 'bench', '--io-type', 'write', '--io-threads', '1', '--io-size', '1M', '--io-total', '2M'],
      `${lab.ceph.pool}/vf-inc`,
    ]);
    await createRbdSnapshot(client, { ...image, snapshot: 'two' });
    const path = '/root/changes.diff';
    await writeNewFile(client, path, (part) =>
      exportRbdChangesToFile(client, { ...image, snapshot: 'one' }, 'two', part),
    );
    await importRbdChangesFromFile(client, copy, path);
    assert.ok((await exported('vf-inc')).equals(await exported('vf-inc-copy')));
    const snapshots = (await lab.ceph.rbd('snap', 'ls', `${lab.ceph.pool}/vf-inc-copy`)) as {
      name: string;
    }[];
    assert.deepEqual(
      snapshots.map(({ name }) => name),
      ['one', 'two'],
    );
    await assert.rejects(importRbdChangesFromFile(client, copy, path), { code: 17 });
    await kvm1.run(['rm', path]);
    await removeUnfinished(client, copy);
    await removeUnfinished(client, image);
  });
});
