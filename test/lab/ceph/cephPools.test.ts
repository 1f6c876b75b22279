import assert from 'node:assert/strict';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { Errno } from '../../../src/ceph/cephError.ts';
import { listCephPools, type CephPool } from '../../../src/ceph/cephPools.ts';
import {
  createCephPool,
  deleteCephPool,
  disablePoolApplication,
  enablePoolApplication,
  initRbdPool,
  renameCephPool,
  setPoolQuota,
  setPoolVariable,
} from '../../../src/ceph/changeCephPool.ts';
import { listAutoscaling } from '../../../src/ceph/autoscaling.ts';
import { listErasureProfiles } from '../../../src/ceph/erasureProfiles.ts';
import { explainedFor } from '../../../src/operations/cephPools/cephPoolProblem.ts';
import { deletePool } from '../../../src/operations/cephPools/deletePool.ts';
import { planNewPool, type PoolOrder } from '../../../src/operations/cephPools/newCephPool.ts';
import { mostGroups, roomFor } from '../../../src/operations/cephPools/placementGroups.ts';
import { readPoolContents } from '../../../src/operations/cephPools/poolContents.ts';
import { readPoolsAndOsds } from '../../../src/operations/cephPools/readPoolsAndOsds.ts';
import { cephClientOfPool } from '../../../src/operations/volumes/cephClientOf.ts';
import { readPool } from '../../../src/operations/volumes/rbdVolume.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { volumeHost, type VolumeHost } from '../volumes/volumeHost.ts';

const shell = { name: 'kvm1', ssh: 'kvm1' };

describe('pools of Ceph', function () {
  this.timeout(60_000);
  let lab: Lab;
  let host: VolumeHost;
  let client: CephClient;
  const made: string[] = [];

  before(async () => {
    lab = await sharedLab();
    host = await volumeHost(lab);
    const { transport } = host;
    const none = { key: undefined, configFile: undefined, settings: new Map() };
    client = { transport, access: { monitors: [], clientId: 'admin', ...none } };
  });

  afterEach(async () => {
    for (const name of made.splice(0)) {
      await setPoolVariable(client, name, 'nodelete', false).catch(() => undefined);
      await deleteCephPool(client, name);
    }
  });

  after(() => {
    host.session.dispose();
  });

  const find = async (name: string): Promise<CephPool | undefined> =>
    (await listCephPools(client)).find((pool) => pool.name === name);
  const order = (name: string, more: Partial<PoolOrder> = {}): PoolOrder => ({
    name,
    data: { type: 'replicated', size: 2, crushRule: 'replicated_rule' },
    placementGroups: 4,
    autoscale: 'warn',
    isBulk: false,
    ...more,
  });
  const create = async (wanted: PoolOrder): Promise<void> => {
    made.push(wanted.name);
    await new PlanRun(planNewPool({ client, shell }, wanted)).run(new AbortController().signal);
  };

  it('are made ready for RBD, as they were ordered', async () => {
    await create(order('vms one', { isBulk: true }));
    const pool = await find('vms one');
    assert.ok(pool);
    assert.deepEqual(
      [pool.size, pool.placementGroupsTarget, pool.autoscale, pool.applications],
      [2, 4, 'warn', ['rbd']],
    );
    assert.ok(pool.flags.includes('bulk'));
    await lab.ceph.run(['rbd', 'create', '--size', '1M', '--pool', 'vms one', '--image', 'a']);
    assert.deepEqual(await lab.ceph.rbd('ls', 'vms one'), ['a']);
  });

  it('can have a single copy', async () => {
    await create(order('scratch', { data: { type: 'replicated', size: 1, crushRule: 'replicated_rule' } }));
    assert.equal((await find('scratch'))?.size, 1);
  });

  it('are taken back with profile and rule when a later step fails', async () => {
    const chunks = { data: 2, coding: 1 };
    const profile = {
      name: 'ec-test',
      chunks,
      failureDomain: 'osd',
      root: 'default',
      deviceClass: undefined,
    };
    const run = new PlanRun(
      planNewPool({ client, shell }, order('ecdata', { data: { type: 'erasure', profile } })),
    );
    // The lab's OSDs are not of BlueStore.
    await assert.rejects(run.run(new AbortController().signal), {
      code: 'failed',
      message: /needs BlueStore on all its OSDs/,
      advice: /What was done before was undone/,
    });
    assert.equal(await find('ecdata'), undefined);
    assert.deepEqual(await lab.ceph.ceph('osd', 'crush', 'rule', 'ls'), ['replicated_rule']);
    assert.ok(!(await listErasureProfiles(client)).some(({ name }) => name === 'ec-test'));
  });

  it('are taken back when the person cancels', async () => {
    const abort = new AbortController();
    const run = new PlanRun(planNewPool({ client, shell }, order('cancelled')));
    run.onDidChange(() => {
      if (run.steps[1]?.kind === 'running') abort.abort();
    });
    await assert.rejects(run.run(abort.signal), { code: 'cancelled' });
    assert.equal(await find('cancelled'), undefined);
  });

  it('have the room for placement groups that Ceph itself reckons with', async () => {
    const facts = await readPoolsAndOsds(client);
    assert.deepEqual([facts.settings.maxPgsPerOsd, facts.settings.isAssumed], [250, false]);
    assert.ok(facts.settings.mayDelete);
    const room = roomFor(facts, facts.rules[0]);
    const most = mostGroups(room, 2, facts.settings.maxPgsPerPool);
    made.push('huge');
    const data = { type: 'replicated', size: 2, crushRule: 'replicated_rule' } as const;
    const huge = { name: 'huge', ...data, placementGroups: most + 1 };
    await assert.rejects(
      explainedFor('huge', () => createCephPool(client, huge)),
      { code: 'too-many-groups', advice: new RegExp(`There is room for ${most}:`) },
    );
    await createCephPool(client, { ...huge, placementGroups: 2 });
    const now = await readPoolsAndOsds(client);
    const pool = now.pools.find(({ name }) => name === 'huge');
    assert.equal(mostGroups(roomFor(now, now.rules[0], pool), 2, 65_536), most);
    await assert.rejects(
      explainedFor('huge', () => setPoolVariable(client, 'huge', 'pg_num', most + 1)),
      {
        code: 'too-many-groups',
        message: new RegExp(`Ceph refuses ${most + 1} placement groups of 2 copies`),
      },
    );
    await setPoolVariable(client, 'huge', 'pg_num', 8);
    assert.equal((await find('huge'))?.placementGroupsTarget, 8);
  });

  it('are changed whatever they are called', async () => {
    for (const name of [`--size=3 it's $(touch hostile) 漢字`]) {
      // `ceph` itself takes such a name only when it is told that it is one.
      await lab.ceph.run(['ceph', 'osd', 'pool', 'create', `--pool=${name}`, '--pg_num=2']);
      made.push(name);
      await setPoolVariable(client, name, 'nodelete', true);
      await setPoolVariable(client, name, 'pg_autoscale_mode', 'off');
      await setPoolQuota(client, name, 'max_bytes', 5 * 2 ** 30);
      await setPoolQuota(client, name, 'max_objects', 1000);
      await enablePoolApplication(client, name, 'rgw');
      await enablePoolApplication(client, name, 'rbd');
      await disablePoolApplication(client, name, 'rgw');
      await initRbdPool(client, name);
      const pool = await find(name);
      assert.deepEqual(
        [pool?.quotaBytes, pool?.quotaObjects, pool?.applications, pool?.autoscale],
        [5 * 2 ** 30, 1000, ['rbd'], 'off'],
      );
      await assert.rejects(
        explainedFor(name, () => deleteCephPool(client, name)),
        { code: 'protected', message: /nodelete/ },
      );
      await setPoolVariable(client, name, 'nodelete', false);
      await renameCephPool(client, name, `${name}2`);
      await renameCephPool(client, `${name}2`, name);
      await assert.rejects(renameCephPool(client, name, lab.ceph.pool), { code: Errno.EEXIST });
    }
    assert.equal((await lab.host('kvm1').exec(['test', '-e', '/root/hostile'])).exitCode, 1);
  });

  it('change their copies, the last one only when that is meant', async () => {
    await create(order('copies'));
    await assert.rejects(setPoolVariable(client, 'copies', 'size', 1), { code: Errno.EPERM });
    await setPoolVariable(client, 'copies', 'size', 1, { isSure: true });
    await setPoolVariable(client, 'copies', 'size', 3);
    await setPoolVariable(client, 'copies', 'min_size', 2);
    const pool = await find('copies');
    assert.deepEqual([pool?.size, pool?.minSize], [3, 2]);
  });

  it('tell what would be lost with them, and who else needs them', async () => {
    await create(order('doomed'));
    await create(order('clones', { data: { type: 'replicated', size: 1, crushRule: 'replicated_rule' } }));
    const rbd = (...args: string[]): Promise<string> => lab.ceph.run(['rbd', ...args]);
    await rbd('create', 'doomed/base', '--size', '8M');
    await rbd('snap', 'create', 'doomed/base@s');
    await rbd('snap', 'protect', 'doomed/base@s');
    await rbd('namespace', 'create', 'doomed/inner');
    await rbd('create', 'doomed/inner/a', '--size', '8M');
    await rbd('create', 'doomed/old', '--size', '8M');
    await rbd('trash', 'mv', 'doomed/old');
    await rbd('clone', 'doomed/base@s', 'clones/child');
    const pools = await listCephPools(client);
    const pool = pools.find(({ name }) => name === 'doomed');
    assert.ok(pool);
    const contents = await readPoolContents(client, pool, pools);
    const place = { pool: 'doomed', namespace: undefined };
    assert.deepEqual(contents, {
      images: [
        { ...place, image: 'base' },
        { pool: 'doomed', namespace: 'inner', image: 'a' },
      ],
      snapshots: 1,
      trashed: 1,
      open: [],
      clones: [{ pool: 'clones', namespace: undefined, image: 'child' }],
      dataOf: [],
      isDataUnsure: false,
    });
    const used = pools.find(({ name }) => name === lab.ceph.pool);
    assert.ok(used);
    const { open } = await readPoolContents(client, used, pools);
    assert.ok(open.some(({ image }) => image === 'web1'));
  });

  it('tell which images of other pools keep their data there', async () => {
    await create(order('bulk data'));
    await lab.ceph.run([
      'rbd',
      'create',
      `${lab.ceph.pool}/apart`,
      '--size',
      '8M',
      '--data-pool',
      'bulk data',
    ]);
    try {
      const pools = await listCephPools(client);
      const pool = pools.find(({ name }) => name === 'bulk data');
      assert.ok(pool);
      const { dataOf, isDataUnsure } = await readPoolContents(client, pool, pools);
      assert.deepEqual([dataOf.map(({ image }) => image), isDataUnsure], [['apart'], false]);
    } finally {
      await lab.ceph.run(['rbd', 'rm', '--no-progress', `${lab.ceph.pool}/apart`]);
    }
  });

  it('are deleted where the monitors forbid it, which they do again afterwards', async () => {
    await create(order('forbidden'));
    const pool = await find('forbidden');
    assert.ok(pool);
    const setting = ['config', 'show', 'mon.ceph1', 'mon_allow_pool_delete'];
    try {
      await lab.ceph.run(['ceph', 'tell', 'mon.*', 'config', 'set', 'mon_allow_pool_delete', 'false']);
      await assert.rejects(deletePool(client, pool, { isAllowedFirst: false }), {
        code: 'deletion-disabled',
      });
      assert.ok(await find('forbidden'));
      const facts = await readPoolsAndOsds(client);
      assert.equal(facts.settings.mayDelete, false);
      await deletePool(client, pool, { isAllowedFirst: true });
      made.pop();
      assert.equal(await find('forbidden'), undefined);
    } finally {
      await lab.ceph.run(['ceph', 'tell', 'mon.*', 'config', 'unset', 'mon_allow_pool_delete']);
    }
    assert.equal(await lab.ceph.ceph(...setting), true);
  });

  it('are seen and not changed by a client that may use one of them', async () => {
    const libvirt = await cephClientOfPool(host, await readPool(host, 'rbd-pool'));
    const facts = await readPoolsAndOsds(libvirt);
    assert.ok(facts.settings.isAssumed);
    assert.equal(facts.settings.maxPgsPerOsd, 250);
    assert.ok(roomFor(facts, facts.rules[0]).taken > 0);
    await assert.rejects(
      explainedFor('x', () => setPoolVariable(libvirt, lab.ceph.pool, 'nodelete', true)),
      { code: 'not-allowed', advice: /client\.admin/ },
    );
    await assert.rejects(listAutoscaling(libvirt), { code: Errno.EACCES });
    const ideal = await eventually('the autoscaler knows the pool', async () =>
      (await listAutoscaling(client)).get(lab.ceph.pool),
    );
    assert.ok(ideal >= 1);
  });
});
