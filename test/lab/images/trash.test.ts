import assert from 'node:assert/strict';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { Errno } from '../../../src/ceph/cephError.ts';
import {
  createRbdImage,
  createRbdSnapshot,
  protectRbdSnapshot,
  removeRbdImage,
  type RbdImage,
} from '../../../src/ceph/rbd.ts';
import {
  listRbdTrash,
  restoreRbdImage,
  trashRbdImage,
  type RbdTrashedImage,
} from '../../../src/ceph/rbdTrash.ts';
import { cloneImage } from '../../../src/operations/images/cloneImage.ts';
import { deleteAllTrashed, deleteTrashed } from '../../../src/operations/images/deleteTrashed.ts';
import { removeUnfinished } from '../../../src/operations/images/unfinishedImage.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { adminClient, type AdminClient } from './adminClient.ts';

const MiB = 1024 * 1024;

describe('what is in the trash of RBD', function () {
  this.timeout(60_000);
  let lab: Lab;
  let admin: AdminClient;
  let client: CephClient;

  const named = (image: string): RbdImage => ({ pool: lab.ceph.pool, namespace: undefined, image });
  const place = (): { pool: string; namespace: undefined } => ({ pool: lab.ceph.pool, namespace: undefined });
  const trash = async (): Promise<readonly RbdTrashedImage[]> => listRbdTrash(client, place());
  const trashed = async (name: string): Promise<RbdTrashedImage> => {
    const found = (await trash()).find((one) => one.name === name);
    assert.ok(found, `${name} is in the trash`);
    return found;
  };
  const throwAway = async (name: string, expiresAt?: Date): Promise<RbdTrashedImage> => {
    await createRbdImage(client, named(name), MiB);
    await trashRbdImage(client, named(name), { expiresAt });
    return trashed(name);
  };

  before(async () => {
    lab = await sharedLab();
    admin = await adminClient(lab);
    ({ client } = admin);
  });

  after(() => {
    admin.dispose();
  });

  it('comes back, also under another name', async () => {
    const { id } = await throwAway('vt-a');
    await createRbdImage(client, named('vt-a'), 2 * MiB);
    await assert.rejects(restoreRbdImage(client, place(), id), { code: Errno.EEXIST });
    await restoreRbdImage(client, place(), id, { name: `vt-it's "b"` });
    const names = (await lab.ceph.rbd('ls', lab.ceph.pool)) as string[];
    assert.ok(names.includes(`vt-it's "b"`));
    await removeRbdImage(client, named('vt-a'));
    await removeRbdImage(client, named(`vt-it's "b"`));
  });

  it('goes with its snapshots, also before its time is over', async () => {
    await createRbdImage(client, named('vt-snaps'), MiB);
    await createRbdSnapshot(client, { ...named('vt-snaps'), snapshot: 'a' });
    await createRbdSnapshot(client, { ...named('vt-snaps'), snapshot: '-b c' });
    await protectRbdSnapshot(client, { ...named('vt-snaps'), snapshot: '-b c' });
    await trashRbdImage(client, named('vt-snaps'), { expiresAt: new Date(Date.now() + 86_400_000) });
    const image = await trashed('vt-snaps');
    assert.ok(image.protectedUntil);
    await deleteTrashed(client, place(), image);
    assert.deepEqual(await trash(), []);
  });

  it('stays while clones need it, and the others go', async () => {
    const snapshot = { ...named('vt-parent'), snapshot: 'base' };
    await createRbdImage(client, named('vt-parent'), MiB);
    const clone = named('vt-child');
    await cloneImage(client, { source: snapshot, snapshot: 'new', clone, format: 1, flatten: false });
    await trashRbdImage(client, named('vt-parent'));
    await throwAway('vt-other');
    const all = await trash();
    assert.equal(all.length, 2);
    await assert.rejects(deleteAllTrashed(client, place(), all), {
      code: 'incomplete',
      message: /1 of 2 images are still in the trash: vt-parent/,
    });
    assert.deepEqual(
      (await trash()).map(({ name }) => name),
      ['vt-parent'],
    );
    await removeUnfinished(client, clone);
    await deleteAllTrashed(client, place(), await trash());
    assert.deepEqual(await trash(), []);
  });
});
