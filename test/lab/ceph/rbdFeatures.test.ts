import assert from 'node:assert/strict';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { Errno } from '../../../src/ceph/cephError.ts';
import type { RbdImage } from '../../../src/ceph/rbd.ts';
import {
  listRbdConfig,
  removeRbdConfig,
  setRbdConfig,
  type RbdSetting,
} from '../../../src/ceph/rbdConfig.ts';
import { getRbdDetails } from '../../../src/ceph/rbdDetails.ts';
import { changeRbdFeatures, checkObjectMap } from '../../../src/ceph/rbdFeatures.ts';
import { changeFeatures, rebuildObjectMaps } from '../../../src/operations/images/features/changeFeatures.ts';
import { choosableFeatures } from '../../../src/operations/images/newImageFeatures.ts';
import { cephClientOfPool } from '../../../src/operations/volumes/cephClientOf.ts';
import { readPool } from '../../../src/operations/volumes/rbdVolume.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { volumeHost, type VolumeHost } from '../volumes/volumeHost.ts';

const usual = ['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten'];

describe('what an RBD image can do', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: VolumeHost;
  let client: CephClient;
  let image: RbdImage;

  before(async () => {
    lab = await sharedLab();
    host = await volumeHost(lab);
    client = await cephClientOfPool(host, await readPool(host, 'rbd-pool'));
    image = { pool: lab.ceph.pool, namespace: undefined, image: "it's able" };
    const args = ['--pool', image.pool, '--image', image.image];
    await lab.ceph.run([
      'rbd',
      'create',
      ...args,
      '--size',
      '32M',
      '--image-feature',
      'layering,deep-flatten',
    ]);
  });

  after(async () => {
    await lab.ceph.run([
      'rbd',
      'snap',
      'purge',
      '--no-progress',
      '--pool',
      image.pool,
      '--image',
      image.image,
    ]);
    await lab.ceph.run(['rbd', 'rm', '--no-progress', '--pool', image.pool, '--image', image.image]);
    host.session.dispose();
  });

  const featuresOf = async (one: RbdImage): Promise<readonly string[]> =>
    (await getRbdDetails(client, one)).features;

  it('is switched on with what it needs, and the object map is right once it is built', async () => {
    await lab.ceph.run([
      'rbd',
      'snap',
      'create',
      '--no-progress',
      '--pool',
      image.pool,
      '--image',
      image.image,
      '--snap',
      's',
    ]);
    assert.equal(await changeFeatures(client, image, ['layering', 'fast-diff', 'deep-flatten']), true);
    const { features, flags } = await getRbdDetails(client, image);
    assert.ok(['exclusive-lock', 'object-map', 'fast-diff'].every((name) => features.includes(name)));
    assert.ok(flags.includes('object map invalid'));
    const reported: number[] = [];
    await rebuildObjectMaps(client, image, {
      report: ({ fraction = 0 }) => reported.push(fraction),
    });
    assert.ok(reported.length > 0 && reported.at(-1) === 1);
    await checkObjectMap(client, image);
    assert.deepEqual((await getRbdDetails(client, image)).flags, []);
  });

  it('is switched off with what needs it, all at once', async () => {
    await changeFeatures(client, image, choosableFeatures);
    assert.ok((await featuresOf(image)).includes('journaling'));
    assert.equal(await changeFeatures(client, image, ['layering']), false);
    assert.deepEqual(await featuresOf(image), ['layering']);
    await assert.rejects(changeRbdFeatures(client, image, 'enable', ['deep-flatten']), {
      code: Errno.EINVAL,
    });
    await assert.rejects(changeRbdFeatures(client, image, 'enable', ['fast-diff']), { code: Errno.EINVAL });
  });

  it('changes while a domain runs from it', async () => {
    const disk = { pool: lab.ceph.pool, namespace: undefined, image: 'web1' };
    const before = await featuresOf(disk);
    assert.ok(usual.every((name) => before.includes(name)));
    await changeFeatures(client, disk, ['layering', 'exclusive-lock', 'deep-flatten']);
    try {
      assert.ok(!(await featuresOf(disk)).includes('object-map'));
      assert.match(await lab.host('kvm1').virsh('domstate', 'web1'), /running/);
    } finally {
      assert.equal(await changeFeatures(client, disk, usual), true);
      await rebuildObjectMaps(client, disk);
    }
    assert.deepEqual(await featuresOf(disk), before);
    assert.deepEqual((await getRbdDetails(client, disk)).flags, []);
  });

  it('has limits of its own, of its pool, or of Ceph', async () => {
    const limit = async (): Promise<RbdSetting | undefined> =>
      (await listRbdConfig(client, image)).find(({ name }) => name === 'rbd_qos_iops_limit');
    const pool = { pool: image.pool };
    const [name] = ['rbd_qos_iops_limit'] as const;
    assert.deepEqual(await limit(), { name, value: '0', source: 'config' });
    await setRbdConfig(client, pool, name, '2000');
    try {
      assert.deepEqual(await limit(), { name, value: '2000', source: 'pool' });
      await setRbdConfig(client, image, name, '100');
      assert.deepEqual(await limit(), { name, value: '100', source: 'image' });
      await assert.rejects(setRbdConfig(client, image, name, 'many'), { code: Errno.EINVAL });
      await removeRbdConfig(client, image, name);
      await assert.rejects(removeRbdConfig(client, image, name), { code: Errno.ENOENT });
      assert.equal((await limit())?.source, 'pool');
    } finally {
      await removeRbdConfig(client, pool, name);
    }
    assert.equal((await limit())?.source, 'config');
  });
});
