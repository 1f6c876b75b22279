import assert from 'node:assert/strict';
import { PlaceImages } from '../../../../src/hosts/clusters/placeImages.ts';
import type { Lab } from '../../../../tools/lab/lab.ts';
import { adminClient, type AdminClient } from '../../images/adminClient.ts';
import { eventually as untilAnswered } from '../../support/eventually.ts';
import { sharedLab } from '../../support/sharedLab.ts';

const pool = 'images-known';
const MiB = 1024 * 1024;

describe('the images of a pool, as they are known', function () {
  this.timeout(60_000);
  let lab: Lab;
  let admin: AdminClient;
  let images: PlaceImages;
  /** What was told as changed; `all`: which there are. */
  let told: (readonly string[] | 'all')[] = [];

  before(async () => {
    lab = await sharedLab();
    admin = await adminClient(lab);
    await lab.ceph.run(['ceph', 'osd', 'pool', 'create', pool, '8']);
    await lab.ceph.run(['rbd', 'pool', 'init', pool]);
    for (const name of ['one', 'two']) await rbd('create', `${pool}/${name}`, '--size=1M');
  });

  after(async () => {
    admin.dispose();
    await lab.ceph.run(['ceph', 'config', 'set', 'mon', 'mon_allow_pool_delete', 'true']);
    await lab.ceph.run(['ceph', 'osd', 'pool', 'rm', pool, pool, '--yes-i-really-really-mean-it']);
    await lab.ceph.run(['ceph', 'config', 'rm', 'mon', 'mon_allow_pool_delete']);
  });

  beforeEach(() => {
    told = [];
    images = new PlaceImages(
      { pool, namespace: undefined },
      (question) => question(admin.client),
      (changed) => {
        told.push(changed ?? 'all');
      },
    );
  });

  afterEach(() => {
    images.dispose();
  });

  async function rbd(...args: readonly string[]): Promise<void> {
    await lab.ceph.run(['rbd', ...args]);
  }

  async function eventually(what: string, isSo: () => boolean): Promise<void> {
    await untilAnswered(what, () => Promise.resolve(isSo()));
  }

  function sizeOf(name: string): number | undefined {
    const known = images.details(name);
    return known === undefined || known === 'unreadable' ? undefined : known.size / MiB;
  }

  it('are their names first; the rest comes when somebody looks, and rows that did not change are not told', async () => {
    assert.deepEqual([...(await images.names.get())].sort(), ['one', 'two']);
    assert.equal(images.details('one'), undefined);
    images.wantDetails();
    await eventually('the sizes', () => sizeOf('one') === 1 && sizeOf('two') === 1);
    await rbd('resize', `${pool}/two`, '--size=3M', '--no-progress');
    told = [];
    images.changed(['two']);
    images.wantDetails();
    assert.equal(sizeOf('two'), 1, 'what was known stays until it is read again');
    await eventually('the new size', () => sizeOf('two') === 3);
    assert.deepEqual(
      told.filter((one) => one !== 'all'),
      [['two']],
    );
  });

  it('are looked at again when one is made, renamed or removed elsewhere', async () => {
    await images.names.get();
    images.wantDetails();
    await eventually('the sizes', () => sizeOf('one') === 1);
    await rbd('create', `${pool}/three`, '--size=5M');
    images.refresh();
    await eventually('its name', () => images.names.value?.includes('three') === true);
    images.wantDetails();
    await eventually('its size', () => sizeOf('three') === 5);
    await rbd('rm', `${pool}/three`, '--no-progress');
    images.changed();
    await eventually('its end', () => images.names.value?.includes('three') === false);
    images.wantDetails();
    await eventually('that it is forgotten', () => images.details('three') === undefined);
  });

  it('forgets what it was reading when they change meanwhile', async () => {
    await images.names.get();
    images.wantDetails();
    images.changed();
    assert.equal(images.details('one'), undefined);
    images.wantDetails();
    await eventually('the sizes', () => sizeOf('one') === 1);
  });

  it('say of an image whose header is lost that it cannot be read, and of the others all the same', async () => {
    await rbd('create', `${pool}/broken`, '--size=1M');
    const { id } = (await lab.ceph.rbd('info', `${pool}/broken`)) as { readonly id: string };
    await lab.ceph.run(['rados', '-p', pool, 'rm', `rbd_header.${id}`]);
    await images.names.get();
    images.wantDetails();
    await eventually('that it cannot be read', () => images.details('broken') === 'unreadable');
    assert.equal(sizeOf('one'), 1);
    await rbd('rm', `${pool}/broken`, '--no-progress');
  });

  it('tell snapshots and clones of one again only when something has changed', async () => {
    await rbd('snap', 'create', `${pool}/one@a`, '--no-progress');
    const first = await images.snapshots('one');
    assert.deepEqual(
      first.map(({ name, kind }) => [name, kind]),
      [['a', 'user']],
    );
    assert.equal(await images.snapshots('one'), first);
    await rbd('snap', 'rm', `${pool}/one@a`, '--no-progress');
    images.changed(['one']);
    assert.deepEqual(await images.snapshots('one'), []);
    await assert.rejects(images.snapshots('nosuch'));
    await rbd('create', `${pool}/nosuch`, '--size=1M');
    assert.deepEqual(await images.snapshots('nosuch'), [], 'a failure is not kept');
    await rbd('rm', `${pool}/nosuch`, '--no-progress');
  });
});
