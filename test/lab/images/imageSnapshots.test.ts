import assert from 'node:assert/strict';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { Errno } from '../../../src/ceph/cephError.ts';
import {
  createRbdImage,
  createRbdSnapshot,
  protectRbdSnapshot,
  type RbdImage,
} from '../../../src/ceph/rbd.ts';
import { getRbdChanges, renameRbdSnapshot } from '../../../src/ceph/rbdSnapshotChanges.ts';
import {
  deleteSnapshot,
  purgeSnapshots,
  refuseOpenImage,
  rollBackImage,
  unprotectSnapshot,
} from '../../../src/operations/images/changeSnapshots.ts';
import { cloneImage } from '../../../src/operations/images/cloneImage.ts';
import { removeUnfinished } from '../../../src/operations/images/unfinishedImage.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { adminClient, type AdminClient } from './adminClient.ts';

const MiB = 1024 * 1024;

describe('snapshots of an RBD image', function () {
  this.timeout(60_000);
  let lab: Lab;
  let admin: AdminClient;
  let client: CephClient;
  let image: RbdImage;

  const bench = (total: string): Promise<string> =>
    lab.ceph.run([
      ...['rbd', 'bench', '--io-type', 'write', '--io-threads', '1', '--io-size', '4M', '--io-total', total],
      `${lab.ceph.pool}/vs-mail`,
    ]);
  const names = async (): Promise<string[]> => {
    const list = (await lab.ceph.rbd('snap', 'ls', `${lab.ceph.pool}/vs-mail`)) as { name: string }[];
    return list.map(({ name }) => name);
  };
  const sum = async (spec: string): Promise<string> =>
    lab.ceph.run(['sh', '-c', `rbd export --no-progress ${lab.ceph.pool}/${spec} - | md5sum`]);
  const snap = (snapshot: string): RbdImage & { readonly snapshot: string } => ({ ...image, snapshot });

  before(async () => {
    lab = await sharedLab();
    admin = await adminClient(lab);
    ({ client } = admin);
    image = { pool: lab.ceph.pool, namespace: undefined, image: 'vs-mail' };
    await createRbdImage(client, image, 32 * MiB);
    await bench('8M');
    await createRbdSnapshot(client, snap('one'));
  });

  after(async () => {
    await removeUnfinished(client, image);
    admin.dispose();
  });

  it('tell how much was written since', async () => {
    assert.deepEqual(await getRbdChanges(client, snap('one'), undefined), {
      written: 0,
      discarded: 0,
      objects: 0,
    });
    await bench('12M');
    await createRbdSnapshot(client, snap('two'));
    const changes = await getRbdChanges(client, snap('one'), 'two');
    assert.deepEqual(changes, { written: 12 * MiB, discarded: 0, objects: 3 });
    await assert.rejects(getRbdChanges(client, snap('nosuch'), undefined), { code: Errno.ENOENT });
  });

  it('are renamed, whatever the name', async () => {
    const hostile = `-rf $(touch hostile) 'é"`;
    await renameRbdSnapshot(client, snap('two'), hostile);
    assert.deepEqual(await names(), ['one', hostile]);
    await assert.rejects(renameRbdSnapshot(client, snap(hostile), 'one'), { code: Errno.EEXIST });
    await renameRbdSnapshot(client, snap(hostile), 'two');
  });

  it('bring back what the image held', async () => {
    const then = await sum('vs-mail@one');
    assert.notEqual(await sum('vs-mail'), then);
    await rollBackImage(client, snap('one'));
    assert.equal(await sum('vs-mail'), then);
  });

  it('are not rolled back to under a running guest, though Ceph would', async () => {
    const web1 = { ...image, image: 'web1' };
    await createRbdSnapshot(client, { ...web1, snapshot: 'vs' });
    await assert.rejects(rollBackImage(client, { ...web1, snapshot: 'vs' }), {
      code: 'in-use',
      message: /libvirt-pool\/web1 is still open: 10\./,
    });
    await deleteSnapshot(client, { ...web1, snapshot: 'vs' }, { isProtected: false });
    await refuseOpenImage(client, image);
  });

  it('with clones are neither unprotected nor purged, and the clones are named', async () => {
    const clone = { ...image, image: 'vs-clone' };
    await protectRbdSnapshot(client, snap('one'));
    await cloneImage(client, {
      source: snap('one'),
      snapshot: 'protected',
      clone,
      format: 1,
      flatten: false,
    });
    const refusal = { code: 'has-children', message: /are clones of it: libvirt-pool\/vs-clone/ };
    await assert.rejects(unprotectSnapshot(client, snap('one')), refusal);
    await assert.rejects(deleteSnapshot(client, snap('one'), { isProtected: true }), refusal);
    const purged = await purgeSnapshots(client, image);
    assert.deepEqual(purged, { removed: 1, kept: [{ name: 'one', clones: [clone] }] });
    assert.deepEqual(await names(), ['one']);
    await removeUnfinished(client, clone);
    assert.deepEqual(await purgeSnapshots(client, image), { removed: 1, kept: [] });
    assert.deepEqual(await names(), []);
  });
});
