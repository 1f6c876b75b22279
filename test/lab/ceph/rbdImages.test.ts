import assert from 'node:assert/strict';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { Errno } from '../../../src/ceph/cephError.ts';
import { createRbdImage, listRbdImages, removeRbdImage, type RbdPlace } from '../../../src/ceph/rbd.ts';
import { getRbdDetails, listAllRbdSnapshots, listRbdClones } from '../../../src/ceph/rbdDetails.ts';
import { listRbdGroupImages, listRbdGroups } from '../../../src/ceph/rbdGroups.ts';
import { getRbdListed, listRbdDetails } from '../../../src/ceph/rbdList.ts';
import { breakRbdLock, isAutomaticLock, listRbdLocks } from '../../../src/ceph/rbdLocks.ts';
import { getRbdMirrorStatus, getRbdPoolMirroring } from '../../../src/ceph/rbdMirroring.ts';
import {
  createRbdNamespace,
  listRbdNamespaces,
  removeRbdNamespace,
} from '../../../src/ceph/rbdNamespaces.ts';
import {
  listRbdTrash,
  purgeRbdTrash,
  removeTrashedRbdImage,
  restoreRbdImage,
  trashRbdImage,
} from '../../../src/ceph/rbdTrash.ts';
import { getRbdPoolUsage } from '../../../src/ceph/rbdUsage.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { volumeHost, type VolumeHost } from '../volumes/volumeHost.ts';

const MiB = 1024 * 1024;
const pool = 'images-seen';
const hostile = ['a b', '$(touch hostile)', '-x', 'ü', `it's "so"`];

describe('what rbd tells of images', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: VolumeHost;
  let client: CephClient;
  const place: RbdPlace = { pool, namespace: undefined };
  const named = (image: string) => ({ ...place, image });

  before(async () => {
    lab = await sharedLab();
    host = await volumeHost(lab);
    client = {
      transport: host.transport,
      access: {
        ...{ monitors: [], clientId: 'admin', key: undefined, configFile: undefined, settings: new Map() },
      },
    };
    await lab.ceph.run(['ceph', 'osd', 'pool', 'create', pool, '8']);
    await lab.ceph.run(['rbd', 'pool', 'init', pool]);
  });

  after(async () => {
    host.session.dispose();
    await lab.ceph.run(['ceph', 'config', 'set', 'mon', 'mon_allow_pool_delete', 'true']);
    await lab.ceph.run(['ceph', 'osd', 'pool', 'rm', pool, pool, '--yes-i-really-really-mean-it']);
    await lab.ceph.run(['ceph', 'config', 'rm', 'mon', 'mon_allow_pool_delete']);
  });

  it('is the same as in its own words, of a striped image with its data elsewhere', async () => {
    await lab.ceph.run([
      ...['rbd', 'create', `${pool}/striped`, '--size=100M', '--object-size=1M'],
      ...['--stripe-unit=65536', '--stripe-count=4', `--data-pool=${lab.ceph.pool}`],
    ]);
    const details = await getRbdDetails(client, named('striped'));
    assert.equal(details.size, 100 * MiB);
    assert.equal(details.objectSize, MiB);
    assert.equal(details.objects, 100);
    assert.equal(details.format, 2);
    assert.deepEqual(details.striping, { unit: 65536, count: 4 });
    assert.equal(details.dataPool, lab.ceph.pool);
    assert.match(details.blockNamePrefix, /^rbd_data\./);
    assert.ok(details.features.includes('data-pool') && details.features.includes('striping'));
    assert.equal(details.group, undefined);
    assert.equal(details.mirroring, undefined);
    await lab.ceph.run(['rbd', 'group', 'create', `${pool}/set`]);
    await lab.ceph.run(['rbd', 'group', 'image', 'add', `${pool}/set`, `${pool}/striped`]);
    assert.equal((await getRbdDetails(client, named('striped'))).group, `${pool}/set`);
    assert.deepEqual(await listRbdGroups(client, place), ['set']);
    assert.deepEqual(await listRbdGroupImages(client, place, 'set'), [named('striped')]);
    await lab.ceph.run(['rbd', 'group', 'snap', 'create', `${pool}/set@monday`]);
    const [snapshot] = await listAllRbdSnapshots(client, named('striped'));
    assert.equal(snapshot?.kind, 'group');
    assert.equal(snapshot.originalName, 'monday');
    await lab.ceph.run(['rbd', 'group', 'rm', `${pool}/set`]);
    await removeRbdImage(client, named('striped'));
  });

  it('comes of all images at once, with parents, snapshots and locks, and of one alone the same', async () => {
    const listed = await listRbdDetails(client, { pool: lab.ceph.pool, namespace: undefined });
    assert.deepEqual(
      [...listed.keys()].sort(),
      ((await lab.ceph.rbd('ls', lab.ceph.pool)) as string[]).sort(),
    );
    assert.deepEqual(listed.get('template-linux')?.snapshots, [
      { name: 'golden', size: listed.get('template-linux')?.size, protected: true },
    ]);
    assert.equal(listed.get('web1')?.parent?.snapshot, 'golden');
    for (const name of ['template-linux', 'web1', 'db1']) {
      const image = { pool: lab.ceph.pool, namespace: undefined, image: name };
      assert.deepEqual(await getRbdListed(client, image), listed.get(name));
    }
    assert.equal(await getRbdListed(client, named('nosuch')), undefined);
  });

  it('takes any name for a name, and refuses those that rbd would take for others', async () => {
    for (const name of hostile) await createRbdImage(client, named(name), MiB);
    assert.deepEqual([...(await listRbdDetails(client, place)).keys()].sort(), [...hostile].sort());
    const used = await getRbdPoolUsage(client, place);
    assert.deepEqual(used.map(({ image }) => image).sort(), [...hostile].sort());
    // libvirt and other programs make such images: rbd would look for the image `web1` of the pool `libvirt-pool`.
    for (const name of [`${lab.ceph.pool}/web1`, 'a b@snap'])
      await assert.rejects(getRbdDetails(client, named(name)), { code: 'rbd-name' });
    for (const name of hostile) await removeRbdImage(client, named(name));
  });

  it('makes and removes namespaces, which have images and a trash of their own', async () => {
    for (const name of ['a b', '-x', '$(x)', 'ü']) await createRbdNamespace(client, pool, name);
    assert.deepEqual([...(await listRbdNamespaces(client, pool))].sort(), ['$(x)', '-x', 'a b', 'ü']);
    await assert.rejects(createRbdNamespace(client, pool, 'a b'), { code: Errno.EEXIST });
    await assert.rejects(createRbdNamespace(client, pool, 'a/b'), { code: Errno.EINVAL });
    const inside = { pool, namespace: '-x' };
    await createRbdImage(client, { ...inside, image: 'one' }, MiB);
    assert.deepEqual(await listRbdImages(client, inside), ['one']);
    assert.deepEqual(await listRbdImages(client, place), []);
    await assert.rejects(removeRbdNamespace(client, pool, '-x'), { code: Errno.EBUSY });
    await trashRbdImage(client, { ...inside, image: 'one' });
    await assert.rejects(removeRbdNamespace(client, pool, '-x'), { code: Errno.EBUSY });
    await purgeRbdTrash(client, inside);
    for (const name of ['a b', '-x', '$(x)', 'ü']) await removeRbdNamespace(client, pool, name);
    await assert.rejects(removeRbdNamespace(client, pool, 'ü'), { code: Errno.ENOENT });
  });

  it('knows the trash: who, when, until when; what is protected stays', async () => {
    await createRbdImage(client, named('-old'), MiB);
    await createRbdImage(client, named('kept $(x)'), MiB);
    await trashRbdImage(client, named('-old'));
    const day = 24 * 3600 * 1000;
    await trashRbdImage(client, named('kept $(x)'), { expiresAt: new Date(Date.now() + 2 * day) });
    const trash = await listRbdTrash(client, place);
    const [old, kept] = ['-old', 'kept $(x)'].map((name) => trash.find((image) => image.name === name));
    assert.ok(old && kept);
    assert.equal(old.source, 'user');
    assert.equal(old.protectedUntil, undefined);
    const left = Date.parse(kept.protectedUntil ?? '') - Date.parse(kept.deletedAt);
    assert.ok(Math.abs(left - 2 * day) < day, `protected for ${left} ms`);
    await assert.rejects(removeTrashedRbdImage(client, place, kept.id), { code: Errno.EPERM });
    await purgeRbdTrash(client, place);
    assert.deepEqual(
      (await listRbdTrash(client, place)).map(({ name }) => name),
      ['kept $(x)'],
    );
    await createRbdImage(client, named('kept $(x)'), MiB);
    await assert.rejects(restoreRbdImage(client, place, kept.id), { code: Errno.EEXIST });
    await restoreRbdImage(client, place, kept.id, { name: '-back' });
    assert.deepEqual([...(await listRbdImages(client, place))].sort(), ['-back', 'kept $(x)']);
    await assert.rejects(restoreRbdImage(client, place, kept.id), { code: Errno.ENOENT });
    await trashRbdImage(client, named('-back'), { expiresAt: new Date(Date.now() + day) });
    await removeTrashedRbdImage(client, place, kept.id, { force: true });
    await removeRbdImage(client, named('kept $(x)'));
  });

  it('finds clones that outlive the snapshot they are of', async () => {
    await createRbdImage(client, named('mother'), MiB);
    await lab.ceph.run(['rbd', 'snap', 'create', `${pool}/mother@s1`]);
    const clone = ['rbd', 'clone', '--rbd-default-clone-format=2', `${pool}/mother@s1`, `${pool}/daughter`];
    await lab.ceph.run(clone);
    await lab.ceph.run(['rbd', 'snap', 'rm', `${pool}/mother@s1`]);
    const [snapshot] = await listAllRbdSnapshots(client, named('mother'));
    assert.equal(snapshot?.kind, 'trash');
    assert.equal(snapshot.originalName, 's1');
    assert.deepEqual(await listRbdClones(client, named('mother')), [
      { ...named('daughter'), isTrashed: false },
    ]);
    const { parent } = await getRbdDetails(client, named('daughter'));
    assert.equal(parent?.image, 'mother');
    assert.equal(parent.overlap, MiB);
    await trashRbdImage(client, named('daughter'));
    assert.deepEqual(await listRbdClones(client, named('mother')), [
      { ...named('daughter'), isTrashed: true },
    ]);
    await purgeRbdTrash(client, place);
    await removeRbdImage(client, named('mother'));
  });

  it('breaks a lock, whatever it is called', async () => {
    await createRbdImage(client, named('held'), MiB);
    await lab.ceph.run(['rbd', 'lock', 'add', `${pool}/held`, '--', '-my $(lock)']);
    const [lock] = await listRbdLocks(client, named('held'));
    assert.ok(lock?.id === '-my $(lock)' && !isAutomaticLock(lock));
    assert.equal((await listRbdDetails(client, place)).get('held')?.lock, 'exclusive');
    await breakRbdLock(client, named('held'), lock);
    assert.deepEqual(await listRbdLocks(client, named('held')), []);
    await assert.rejects(breakRbdLock(client, named('held'), lock), { code: Errno.ENOENT });
    await lab.ceph.run(['ceph', 'osd', 'blocklist', 'rm', lock.address]);
    await removeRbdImage(client, named('held'));
  });

  it('says whether images are mirrored', async () => {
    assert.deepEqual(await getRbdPoolMirroring(client, place), {
      ...{ mode: 'disabled', site: undefined, peers: [] },
    });
    await createRbdImage(client, named('mirrored'), MiB);
    await lab.ceph.run(['rbd', 'mirror', 'pool', 'enable', pool, 'image']);
    assert.equal((await getRbdPoolMirroring(client, place)).mode, 'image');
    await assert.rejects(getRbdMirrorStatus(client, named('mirrored')), { code: Errno.EINVAL });
    await lab.ceph.run(['rbd', 'mirror', 'image', 'enable', `${pool}/mirrored`, 'snapshot']);
    const { mirroring } = await getRbdDetails(client, named('mirrored'));
    assert.ok(mirroring?.mode === 'snapshot' && mirroring.isPrimary && mirroring.state === 'enabled');
    assert.match((await getRbdMirrorStatus(client, named('mirrored'))).state, /unknown/);
    await lab.ceph.run(['rbd', 'mirror', 'image', 'disable', `${pool}/mirrored`]);
    await lab.ceph.run(['rbd', 'mirror', 'pool', 'disable', pool]);
    await removeRbdImage(client, named('mirrored'));
  });
});
