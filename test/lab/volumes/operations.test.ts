import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError, messageOf } from '../../../src/base/errors.ts';
import { Errno } from '../../../src/ceph/cephError.ts';
import { readVolumeUsers } from '../../../src/hosts/knowledge/volumeUsers.ts';
import { parseVolume } from '../../../src/libvirt/model/volume.ts';
import { ErrorCode } from '../../../src/libvirt/protocol/errorCodes.ts';
import type { PoolRef, VolumeRef } from '../../../src/libvirt/protocol/refs.ts';
import { VolumeDelete, VolumeWipe } from '../../../src/libvirt/protocol/storageVolume.ts';
import { listSecrets } from '../../../src/libvirt/secrets.ts';
import { lookupPoolByName } from '../../../src/libvirt/storagePools.ts';
import { deleteVolume, getVolumeXml, lookupVolume, wipeVolume } from '../../../src/libvirt/volumes.ts';
import { cloneTo, type CloneOrder } from '../../../src/operations/volumes/cloneVolume.ts';
import { lookAt } from '../../../src/operations/volumes/findings.ts';
import { createNewVolume, type VolumeOrder } from '../../../src/operations/volumes/newVolume.ts';
import { readPool } from '../../../src/operations/volumes/rbdVolume.ts';
import { renameVolume } from '../../../src/operations/volumes/renameVolume.ts';
import { resizeVolumeTo } from '../../../src/operations/volumes/resizeVolumeTo.ts';
import { uploadAsNew } from '../../../src/operations/volumes/transfer/uploadAsNew.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { volumeHost, type VolumeHost } from './volumeHost.ts';

const MiB = 1024 * 1024;

describe('what is done to volumes', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let host: VolumeHost & { readonly name: string };
  let images: PoolRef;
  let rbdPool: PoolRef;
  let folder: string;

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    host = { ...(await volumeHost(lab)), name: 'kvm1' };
    images = await lookupPoolByName(host.connection, 'images');
    rbdPool = await lookupPoolByName(host.connection, 'rbd-pool');
    folder = await mkdtemp(join(tmpdir(), 'volumes-'));
  });

  after(async () => {
    host.session.dispose();
    await rm(folder, { recursive: true });
  });

  const remove = async (pool: string, ...names: readonly string[]): Promise<void> => {
    for (const name of names) await kvm1.virsh('vol-delete', '--pool', pool, name);
  };
  const dump = (pool: string, name: string): Promise<string> =>
    kvm1.virsh('vol-dumpxml', '--pool', pool, name);
  const names = async (pool: string): Promise<readonly string[]> =>
    (await kvm1.virsh('vol-list', pool)).split('\n').map((line) => line.trim().split(/\s{2,}/)[0] ?? '');

  describe('a new volume', () => {
    const orders: readonly (readonly [
      pool: string,
      order: Omit<VolumeOrder, 'name'>,
      says: readonly RegExp[],
    ])[] = [
      ['images', { capacity: 64 * MiB, format: 'qcow2', preallocation: 'none' }, [/'qcow2'/, />67108864</]],
      ['images', { capacity: 8 * MiB, format: 'qcow2', preallocation: 'metadata' }, [/'qcow2'/, />8388608</]],
      [
        'images',
        { capacity: 8 * MiB, format: 'raw', preallocation: 'none' },
        [/'raw'/, /<allocation unit='bytes'>0</],
      ],
      [
        'images',
        { capacity: 8 * MiB, format: 'raw', preallocation: 'full' },
        [/'raw'/, /<allocation unit='bytes'>8388608</],
      ],
      ['rbd-pool', { capacity: 8 * MiB, format: undefined, preallocation: 'full' }, [/>8388608</, /network/]],
    ];
    for (const [pool, order, says] of orders) {
      it(`in ${pool}, ${order.format ?? 'raw'} with preallocation ${order.preallocation}, is what was ordered`, async () => {
        const name = `new 'one' & <two> "ä" $(x)`;
        const ref = pool === 'images' ? images : rbdPool;
        assert.equal((await createNewVolume(host, ref, { ...order, name })).name, name);
        const xml = await dump(pool, name);
        for (const text of says) assert.match(xml, text);
        await remove(pool, name);
      });
    }

    it('lies on top of another one, which is then found to be in the way', async () => {
      const backing = { path: '/var/lib/libvirt/images/old-intranet.qcow2', format: 'qcow2' };
      const order = { name: 'top.qcow2', capacity: 20 * 1024 * MiB, format: 'qcow2', backing } as const;
      await createNewVolume(host, images, { ...order, preallocation: 'none' });
      assert.match(await dump('images', 'top.qcow2'), /<backingStore>\s*<path>.*old-intranet.qcow2</);
      const below = await lookupVolume(host.connection, images, 'old-intranet.qcow2');
      assert.deepEqual((await lookAt(host, below)).overlays, ['top.qcow2']);
      await remove('images', 'top.qcow2');
      assert.deepEqual((await lookAt(host, below)).overlays, []);
    });

    it('is encrypted with a passphrase in a new secret; none is left when it cannot be made', async () => {
      const before = (await listSecrets(host.connection)).length;
      const order: VolumeOrder = {
        name: 'luks.img',
        capacity: 8 * MiB,
        format: 'raw',
        preallocation: 'none',
        encryption: { passphrase: 'pässword & more', usage: '/var/lib/libvirt/images/luks.img' },
      };
      const volume = await createNewVolume(host, images, order);
      const model = await parseVolume(await getVolumeXml(host.connection, volume));
      assert.equal(model.encryption, 'luks');
      assert.equal((await listSecrets(host.connection)).length, before + 1);
      const start = await kvm1.run(['head', '-c', '4', '/var/lib/libvirt/images/luks.img']);
      assert.equal(start, 'LUKS');
      const value = await kvm1.virsh('secret-get-value', model.encryptionSecret!);
      assert.equal(Buffer.from(value, 'base64').toString(), 'pässword & more');
      await assert.rejects(
        createNewVolume(host, images, {
          ...order,
          encryption: { passphrase: 'x', usage: '/another' },
        }),
        { code: ErrorCode.storageVolumeExists },
      );
      assert.equal((await listSecrets(host.connection)).length, before + 1);
      await remove('images', 'luks.img');
      await kvm1.virsh('secret-undefine', model.encryptionSecret!);
    });

    it('that is cancelled is not there', async () => {
      const abort = new AbortController();
      const making = createNewVolume(
        host,
        images,
        { name: 'cancelled.img', capacity: 16 * MiB, format: 'raw', preallocation: 'full' },
        { signal: abort.signal },
      );
      abort.abort();
      await assert.rejects(making, CancelledError);
      assert.ok(!(await names('images')).includes('cancelled.img'));
    });
  });

  describe('a clone', () => {
    const cloneOf = async (
      pool: PoolRef,
      source: VolumeRef,
      name: string,
      kind: CloneOrder['kind'],
      signal?: AbortSignal,
    ): Promise<VolumeRef> => {
      const model = await parseVolume(await getVolumeXml(host.connection, source));
      const poolModel = await readPool(host, pool.name);
      const format = poolModel.type === 'rbd' ? undefined : kind === 'overlay' ? 'qcow2' : model.format;
      return cloneTo(host, { source, model, pool, poolModel, name, kind, format }, { signal });
    };

    it('of an RBD image depends on it, or is a full copy; libvirt knows both', async () => {
      const source = await lookupVolume(host.connection, rbdPool, 'web1-data');
      await cloneOf(rbdPool, source, 'clone', 'overlay');
      await cloneOf(rbdPool, source, 'a copy', 'copy');
      const parentOf = async (name: string): Promise<unknown> =>
        ((await lab.ceph.rbd('info', `${lab.ceph.pool}/${name}`)) as { parent?: unknown }).parent;
      assert.ok(await parentOf('clone'));
      assert.equal(await parentOf('a copy'), undefined);
      assert.ok((await names('rbd-pool')).includes('a copy'));
      const found = await lookAt(host, source);
      assert.ok(found.rbd?.kind === 'known');
      assert.deepEqual(
        found.rbd.children.map(({ image }) => image),
        ['clone'],
      );
      assert.equal(found.rbd.snapshots.length, 1);
      assert.ok(found.rbd.watchers.length > 0);
      await remove('rbd-pool', 'clone', 'a copy');
      const snapshot = `${lab.ceph.pool}/web1-data@${found.rbd.snapshots[0]!.name}`;
      await lab.ceph.run(['rbd', 'snap', 'unprotect', snapshot]);
      await lab.ceph.run(['rbd', 'snap', 'rm', '--no-progress', snapshot]);
    });

    it('of a file is a copy, or an overlay', async () => {
      const source = await lookupVolume(host.connection, images, 'old-intranet.qcow2');
      await cloneOf(images, source, 'copy.qcow2', 'copy');
      await cloneOf(images, source, 'overlay.qcow2', 'overlay');
      assert.doesNotMatch(await dump('images', 'copy.qcow2'), /backingStore/);
      assert.match(await dump('images', 'copy.qcow2'), /'qcow2'[\s\S]*|>21474836480</);
      assert.match(await dump('images', 'overlay.qcow2'), /backingStore>\s*<path>.*old-intranet/);
      await remove('images', 'overlay.qcow2', 'copy.qcow2');
    });

    it('that is cancelled is not there', async () => {
      const abort = new AbortController();
      const source = await lookupVolume(host.connection, images, 'installer.iso');
      const cloning = cloneOf(images, source, 'cancelled', 'copy', abort.signal);
      abort.abort();
      await assert.rejects(cloning, CancelledError);
      assert.ok(!(await names('images')).includes('cancelled'));
    });
  });

  it('a size grows and shrinks, of RBD images too', async () => {
    for (const [pool, ref] of [
      ['images', images],
      ['rbd-pool', rbdPool],
    ] as const) {
      await kvm1.virsh('vol-create-as', pool, 'sized', '8M', '--allocation', '0');
      const volume = await lookupVolume(host.connection, ref, 'sized');
      await resizeVolumeTo(host, volume, 12 * MiB);
      assert.match(await dump(pool, 'sized'), /<capacity unit='bytes'>12582912</);
      await resizeVolumeTo(host, volume, 4 * MiB);
      assert.match(await dump(pool, 'sized'), /<capacity unit='bytes'>4194304</);
      await remove(pool, 'sized');
    }
  });

  it('an RBD image gets another name, which libvirt knows; a name that is taken is refused', async () => {
    await kvm1.virsh('vol-create-as', 'rbd-pool', '-old %s', '8M');
    const volume = await lookupVolume(host.connection, rbdPool, '-old %s');
    await assert.rejects(renameVolume(host, volume, 'web1'), { code: Errno.EEXIST });
    await renameVolume(host, volume, "-new 'name'");
    const listed = await names('rbd-pool');
    assert.ok(listed.includes("-new 'name'") && !listed.includes('-old %s'), listed.join());
    await deleteVolume(host.connection, await lookupVolume(host.connection, rbdPool, "-new 'name'"));
  });

  it('who uses it is found out: by definitions, by open files, by watchers', async () => {
    const { session } = host;
    const disk = await lookupVolume(host.connection, rbdPool, 'web1');
    const users = await readVolumeUsers(session, disk, [session]);
    assert.deepEqual(
      users?.map(({ domain }) => [domain.name, domain.isActive]),
      [['web1', true]],
    );
    const found = await lookAt(host, disk);
    assert.ok(found.rbd?.kind === 'known' && found.rbd.watchers.length === 1);
    const iso = await lookupVolume(host.connection, images, 'installer.iso');
    assert.deepEqual(
      (await readVolumeUsers(session, iso, [session]))?.map(({ domain }) => domain.name),
      ['cache1'],
    );
    assert.deepEqual((await lookAt(host, iso)).openIn, []);
    await kvm1.virsh('start', 'cache1');
    try {
      assert.deepEqual((await lookAt(host, iso)).openIn, [{ domain: 'cache1', target: 'hda' }]);
    } finally {
      await kvm1.virsh('destroy', 'cache1');
    }
  });

  it('an RBD image is wiped, and deleted with its snapshots', async () => {
    await kvm1.virsh('vol-create-as', 'rbd-pool', 'gone', '8M');
    const image = `${lab.ceph.pool}/gone`;
    await lab.ceph.run(['rbd', 'bench', '--io-type=write', '--io-size=4M', '--io-total=8M', image]);
    const volume = await lookupVolume(host.connection, rbdPool, 'gone');
    await wipeVolume(host.connection, volume, VolumeWipe.trim);
    const usage = (await lab.ceph.rbd('du', image)) as { images: { used_size: number }[] };
    assert.equal(usage.images[0]!.used_size, 0);
    await lab.ceph.run(['rbd', 'snap', 'create', '--no-progress', `${image}@one`]);
    await assert.rejects(deleteVolume(host.connection, volume), { code: ErrorCode.systemError });
    await deleteVolume(host.connection, volume, VolumeDelete.withSnapshots);
    assert.ok(!(await names('rbd-pool')).includes('gone'));
  });

  describe('a file that is uploaded as a new volume', () => {
    it('has the format that it has', async () => {
      const path = join(folder, 'x.qcow2');
      await kvm1.run(['qemu-img', 'create', '-q', '-f', 'qcow2', '/tmp/x.qcow2', '3G']);
      const bytes = await kvm1.run(['base64', '/tmp/x.qcow2']);
      const content = Buffer.from(bytes, 'base64');
      await writeFile(path, content);
      await uploadAsNew(host, images, { name: 'x.qcow2', path, size: content.length });
      assert.match(await dump('images', 'x.qcow2'), /<capacity unit='bytes'>3221225472<[\s\S]*'qcow2'/);
      await remove('images', 'x.qcow2');
    });

    it('is not there when its pool is stopped meanwhile, or it is said that it is', async () => {
      const path = join(folder, 'big.img');
      const size = 64 * MiB;
      await writeFile(path, randomBytes(size));
      let stopping: Promise<string> | undefined;
      const report = (): void => {
        stopping ??= kvm1.virsh('pool-destroy', 'images');
      };
      try {
        const uploading = uploadAsNew(host, images, { name: 'big.img', path, size }, { report });
        const outcome = await uploading.then(
          () => 'done: big.img',
          (error: unknown) => messageOf(error),
        );
        await stopping!.catch(() => undefined);
        assert.match(outcome, /big\.img/);
      } finally {
        await kvm1.virsh('pool-start', 'images').catch(() => undefined);
        await remove('images', 'big.img').catch(() => undefined);
      }
    });

    for (const pool of ['images', 'rbd-pool']) {
      it(`is not in ${pool} when it was cancelled`, async () => {
        const path = join(folder, 'some.img');
        const size = 16 * MiB;
        await writeFile(path, randomBytes(size));
        const abort = new AbortController();
        const report = (): void => {
          abort.abort();
        };
        const ref = pool === 'images' ? images : rbdPool;
        await assert.rejects(
          uploadAsNew(host, ref, { name: 'some.img', path, size }, { signal: abort.signal, report }),
          CancelledError,
        );
        assert.ok(!(await names(pool)).includes('some.img'));
      });
    }
  });
});
