import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CancelledError } from '../../../src/base/errors.ts';
import type { Progress } from '../../../src/base/progress.ts';
import type { VolumeRef } from '../../../src/libvirt/protocol/refs.ts';
import { lookupPoolByName } from '../../../src/libvirt/storagePools.ts';
import { lookupVolume } from '../../../src/libvirt/volumes.ts';
import { downloadFile } from '../../../src/operations/volumes/transfer/downloadFile.ts';
import { uploadFile } from '../../../src/operations/volumes/transfer/uploadFile.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { volumeHost, type VolumeHost } from './volumeHost.ts';

const MiB = 1024 * 1024;
/** Bytes, not a multiple of anything. */
const size = 300 * MiB + 512 * 3;

/** A file of 300 MiB with 12 MiB of data here and there, also at the end. */
async function makeSparse(path: string): Promise<void> {
  const file = await open(path, 'w');
  await file.truncate(size);
  for (const at of [0, 5 * MiB + 4096, 150 * MiB, size - 3 * MiB])
    await file.write(randomBytes(3 * MiB), 0, 3 * MiB, at);
  await file.close();
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function spaceOf(path: string): Promise<number> {
  return (await stat(path)).blocks * 512;
}

describe('a volume and a file of this machine', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let host: VolumeHost;
  let folder: string;
  let source: string;
  let small: string;

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    host = await volumeHost(lab);
    folder = await mkdtemp(join(tmpdir(), 'transfer-'));
    source = join(folder, 'source.img');
    await makeSparse(source);
    small = join(folder, 'small.img');
    await writeFile(small, Buffer.concat([randomBytes(MiB), Buffer.alloc(6 * MiB), randomBytes(MiB)]));
  });

  after(async () => {
    host.session.dispose();
    await rm(folder, { recursive: true });
  });

  const volumeIn = async (pool: string, name: string): Promise<VolumeRef> =>
    lookupVolume(host.connection, await lookupPoolByName(host.connection, pool), name);

  /** Removes what a test has left. */
  const remove = (pool: string, name: string): Promise<string> =>
    kvm1.virsh('vol-delete', '--pool', pool, name);

  it('are the same after an upload into a folder, where holes stay holes; and after the download', async () => {
    await kvm1.virsh('vol-create-as', 'images', 'sparse.img', `${size}b`, '--allocation', '0');
    try {
      const volume = await volumeIn('images', 'sparse.img');
      const seen: Progress[] = [];
      const report = (progress: Progress): number => seen.push(progress);
      await uploadFile(host, volume, source, { size, isFresh: true, report });
      const path = '/var/lib/libvirt/images/sparse.img';
      assert.equal((await kvm1.run(['sha256sum', path])).split(' ')[0], await digest(source));
      const blocks = Number(await kvm1.run(['stat', '--format=%b', path]));
      assert.ok(blocks * 512 < 20 * MiB, `${blocks} blocks`);
      const target = join(folder, 'fetched.img');
      await writeFile(target, 'what was there');
      assert.equal(await downloadFile(host, volume, target, { report }), size);
      assert.equal(await digest(target), await digest(source));
      assert.ok((await spaceOf(target)) < 20 * MiB);
      for (const { fraction } of seen) assert.ok(fraction !== undefined && fraction >= 0 && fraction <= 1);
    } finally {
      await remove('images', 'sparse.img');
    }
  });

  it('are the same after an upload over a volume that held something', async () => {
    await kvm1.virsh('vol-create-as', 'images', 'full.img', '16M');
    try {
      const path = '/var/lib/libvirt/images/full.img';
      await kvm1.run(['sh', '-c', `tr "\\0" x </dev/zero | head -c 16777216 >${path}`]);
      await uploadFile(host, await volumeIn('images', 'full.img'), small, { size: 8 * MiB });
      const sum = await kvm1.run(['sh', '-c', `head -c 8388608 ${path} | sha256sum`]);
      assert.equal(sum.split(' ')[0], await digest(small));
      assert.equal(await kvm1.run(['stat', '--format=%s', path]), '16777216\n');
    } finally {
      await remove('images', 'full.img');
    }
  });

  it('are the same after an upload to RBD, where only data takes space; and after the download', async () => {
    const name = "odd $(touch x) 'name' %s";
    await kvm1.virsh('vol-create-as', 'rbd-pool', name, `${size}b`);
    try {
      const volume = await volumeIn('rbd-pool', name);
      await uploadFile(host, volume, source, { size, isFresh: true });
      const image = `${lab.ceph.pool}/${name}`;
      const sum = await lab.ceph.run([
        'sh',
        '-c',
        'rbd export --no-progress "$1" - | sha256sum',
        'sh',
        image,
      ]);
      assert.equal(sum.split(' ')[0], await digest(source));
      const usage = (await lab.ceph.rbd('du', image)) as { images: { used_size: number }[] };
      assert.ok(usage.images[0]!.used_size < 40 * MiB, `${usage.images[0]!.used_size} bytes`);
      const target = join(folder, 'fetched.rbd');
      assert.equal(await downloadFile(host, volume, target), size);
      assert.equal(await digest(target), await digest(source));
      assert.ok((await spaceOf(target)) < 20 * MiB);
    } finally {
      await remove('rbd-pool', name);
    }
  });

  it('are the same after an upload over an RBD image that held something; its size stays', async () => {
    await kvm1.virsh('vol-create-as', 'rbd-pool', 'full', '16M');
    try {
      const image = `${lab.ceph.pool}/full`;
      await lab.ceph.run(['rbd', 'bench', '--io-type=write', '--io-size=4M', '--io-total=16M', image]);
      await uploadFile(host, await volumeIn('rbd-pool', 'full'), small, { size: 8 * MiB });
      const read = (range: string): Promise<string> =>
        lab.ceph.run(['sh', '-c', `rbd export --no-progress "$1" - | ${range} | sha256sum`, 'sh', image]);
      assert.equal((await read('head -c 8388608')).split(' ')[0], await digest(small));
      const info = (await lab.ceph.rbd('info', image)) as { size: number };
      assert.equal(info.size, 16 * MiB);
    } finally {
      await remove('rbd-pool', 'full');
    }
  });

  it('a clone is fetched with what it shares with its parent', async () => {
    const target = join(folder, 'db1.img');
    await downloadFile(host, await volumeIn('rbd-pool', 'db1'), target);
    const image = `${lab.ceph.pool}/db1`;
    const sum = await lab.ceph.run(['sh', '-c', 'rbd export --no-progress "$1" - | sha256sum', 'sh', image]);
    assert.equal(await digest(target), sum.split(' ')[0]);
  });

  for (const pool of ['images', 'rbd-pool']) {
    it(`an upload to ${pool} that is cancelled leaves nothing open`, async () => {
      await kvm1.virsh('vol-create-as', pool, 'cancelled', `${size}b`);
      const abort = new AbortController();
      const report = (): void => {
        abort.abort();
      };
      const upload = uploadFile(host, await volumeIn(pool, 'cancelled'), source, {
        size,
        signal: abort.signal,
        report,
      });
      await assert.rejects(upload, CancelledError);
      await remove(pool, 'cancelled');
    });

    it(`a download from ${pool} that is cancelled leaves no file, and what was there`, async () => {
      await kvm1.virsh('vol-create-as', pool, 'fetched', `${size}b`);
      try {
        const volume = await volumeIn(pool, 'fetched');
        await uploadFile(host, volume, source, { size, isFresh: true });
        const before = join(folder, 'before');
        await writeFile(before, 'what was there');
        const abort = new AbortController();
        const report = (): void => {
          abort.abort();
        };
        await assert.rejects(
          downloadFile(host, volume, before, { signal: abort.signal, report }),
          CancelledError,
        );
        assert.equal((await stat(before)).size, 'what was there'.length);
        assert.ok(!(await readdir(folder)).includes('before.part'));
      } finally {
        await remove(pool, 'fetched');
      }
    });
  }

  it('a file that cannot be read is said to be so, and nothing runs on', async () => {
    const volume = await volumeIn('rbd-pool', 'web1-data');
    await assert.rejects(uploadFile(host, volume, join(folder, 'nosuch'), { size: 1 }), { code: 'ENOENT' });
    await assert.rejects(downloadFile(host, volume, join(folder, 'no/such')), { code: 'ENOENT' });
  });
});
