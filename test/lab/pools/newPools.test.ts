import assert from 'node:assert/strict';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { PoolBuild } from '../../../src/libvirt/protocol/storagePool.ts';
import { deletePool, definePool, undefinePool } from '../../../src/libvirt/storagePools.ts';
import { findBlockDevices, listBlockDevices } from '../../../src/operations/pools/blockDevices.ts';
import { findSources } from '../../../src/operations/pools/findSources.ts';
import type { NewPool } from '../../../src/operations/pools/newPool.ts';
import { newPoolXml } from '../../../src/operations/pools/newPoolXml.ts';
import { offeredTypes } from '../../../src/operations/pools/offeredTypes.ts';
import { PoolProblem, type PoolProblemCode } from '../../../src/operations/pools/poolProblem.ts';
import { removePool } from '../../../src/operations/pools/removePool.ts';
import { listScsiAdapters } from '../../../src/operations/pools/scsiAdapters.ts';
import {
  PoolSetupProblem,
  setUpPool,
  type PoolHost,
  type PoolSetup,
} from '../../../src/operations/pools/setUpPool.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { variedPools } from '../../unit/operations/pools/samples.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

/** The failure of a setup as such, and why. */
async function leftBy(work: Promise<unknown>, code: PoolProblemCode): Promise<PoolSetupProblem> {
  const error = await work.then(
    () => assert.fail('it should have failed'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PoolSetupProblem, String(error));
  assert.ok(error.cause instanceof PoolProblem, String(error.cause));
  assert.equal(error.cause.code, code);
  return error;
}

describe('a new pool on a real host', function () {
  this.timeout(60_000);
  let kvm1: LabHost;
  let session: HostSession;
  let host: PoolHost;

  before(async () => {
    const lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    const { connection } = await session.connect();
    host = { name: 'kvm1', connection };
  });

  after(() => {
    session.dispose();
  });

  const setup = (pool: NewPool, more: Partial<PoolSetup> = {}): PoolSetup => ({
    ...{ name: pool.name, xml: newPoolXml(pool), build: undefined, start: true, autostart: false },
    ...more,
  });
  const stateOf = async (name: string): Promise<string> =>
    (await kvm1.virsh('pool-list', '--all')).split('\n').find((line) => line.includes(name)) ?? '';

  it('of every type that the daemon supports is taken as it is written', async () => {
    const offered = await offeredTypes(host.connection);
    assert.deepEqual(
      offered.filter(({ supported }) => supported !== true).map(({ type }) => type),
      ['iscsi-direct', 'gluster', 'zfs', 'vstorage'],
    );
    const supported = new Set(offered.flatMap(({ type, supported: is }) => (is === true ? [type] : [])));
    const pools = variedPools.filter(({ type, name }) => supported.has(type) && name !== 'images');
    for (const pool of pools) {
      const { ref, validated } = await definePool(host.connection, newPoolXml(pool));
      try {
        assert.equal(validated, true);
        assert.match(await kvm1.virsh('pool-dumpxml', ref.uuid), new RegExp(`<pool type='${pool.type}'`));
      } finally {
        await undefinePool(host.connection, ref);
      }
    }
    assert.deepEqual(new Set(pools.map(({ type }) => type)), supported);
  });

  it('of a folder is built, started and set to start with the host, and said how far it is', async () => {
    const pool: NewPool = { type: 'dir', name: `it's $(x)`, targetPath: `/srv/it's $(x)` };
    const told: string[] = [];
    const ref = await setUpPool(host, setup(pool, { build: PoolBuild.new, autostart: true }), {
      report: ({ message = '' }) => told.push(message),
    });
    assert.deepEqual(told, ['defining', 'setting autostart', 'building', 'starting']);
    const info = await kvm1.virsh('pool-info', ref.uuid);
    assert.match(info, /State:\s+running/);
    assert.match(info, /Autostart:\s+yes/);
    await removePool(host, ref);
    assert.equal(await stateOf(`it's`), '');
    await kvm1.run(['rmdir', `/srv/it's $(x)`]);
  });

  it('that does not start stays defined, says what is missing, and can be undone', async () => {
    const pool: NewPool = { type: 'dir', name: 'no-folder', targetPath: '/srv/no-folder' };
    const problem = await leftBy(setUpPool(host, setup(pool)), 'not-built');
    assert.match(problem.message, /^The pool no-folder is defined on kvm1, but it is not started\./);
    assert.match(problem.advice ?? '', /build the pool/);
    assert.match(await stateOf('no-folder'), /inactive/);
    await removePool(host, problem.pool);
    assert.equal(await stateOf('no-folder'), '');
  });

  it('leaves nothing when it cannot be defined', async () => {
    const taken: NewPool = { type: 'dir', name: 'images', targetPath: '/srv/elsewhere' };
    await assert.rejects(setUpPool(host, setup(taken)), { code: 'name-taken' });
    const same: NewPool = { type: 'dir', name: 'images-2', targetPath: '/var/lib/libvirt/images' };
    await assert.rejects(setUpPool(host, setup(same)), { code: 'source-in-use' });
    assert.equal(await stateOf('images-2'), '');
  });

  it('can be given up while it is set up, and what is there by then is said', async () => {
    const abort = new AbortController();
    const pool: NewPool = { type: 'dir', name: 'given-up', targetPath: '/srv/given-up' };
    const problem = await setUpPool(host, setup(pool, { build: PoolBuild.new }), {
      signal: abort.signal,
      report: ({ message }) => {
        if (message === 'building') abort.abort();
      },
    }).then(
      () => assert.fail('it was cancelled'),
      (error: unknown) => error,
    );
    assert.ok(problem instanceof PoolSetupProblem);
    assert.match(problem.message, /^Cancelled: the pool given-up is defined on kvm1, but it is not built/);
    await removePool(host, problem.pool);
    await kvm1.exec(['rmdir', '/srv/given-up']);
  });

  describe('on a block device', () => {
    let device: string;

    before(async () => {
      await kvm1.run(['truncate', '--size', '200M', '/srv/disk.img']);
      device = (await kvm1.run(['losetup', '--find', '--show', '/srv/disk.img'])).trim();
    });

    after(async () => {
      await kvm1.run(['losetup', '--detach', device]);
      await kvm1.run(['rm', '/srv/disk.img']);
    });

    it('is offered devices with what they hold', async () => {
      const { transport } = await session.connect();
      const found = (await listBlockDevices(transport)).find(({ path }) => path === device);
      assert.deepEqual(
        [found?.type, found?.size, found?.fileSystem, found?.mountedAt, found?.readOnly],
        ['loop', 200 * 1024 * 1024, undefined, undefined, false],
      );
    });

    it('is found by whatever name leads to it', async () => {
      const { transport } = await session.connect();
      await kvm1.run(['ln', '-s', device, '/srv/-an alias']);
      const found = await findBlockDevices(transport, ['/srv/-an alias', '/dev/nosuch']);
      await kvm1.run(['rm', '/srv/-an alias']);
      assert.deepEqual(
        found.map(({ path }) => path),
        [device],
      );
    });

    it('as a whole disk gets a partition table, and never loses one without being told', async () => {
      const pool: NewPool = {
        type: 'disk',
        name: 'whole',
        devices: [device],
        format: 'gpt',
        targetPath: '/dev',
      };
      const missing = await leftBy(setUpPool(host, setup(pool)), 'not-built');
      await removePool(host, missing.pool);
      const ref = await setUpPool(host, setup(pool, { build: PoolBuild.noOverwrite }));
      assert.match(await kvm1.virsh('pool-info', ref.uuid), /State:\s+running/);
      await kvm1.virsh('pool-destroy', ref.uuid);
      await undefinePool(host.connection, ref);
      const again = await leftBy(
        setUpPool(host, setup(pool, { build: PoolBuild.noOverwrite })),
        'already-built',
      );
      assert.match(again.message, /holds data already \(gpt\)/);
      await deletePool(host.connection, again.pool);
      assert.doesNotMatch(await kvm1.run(['sh', '-c', `wipefs --parsable ${device}`]), /gpt/);
      await undefinePool(host.connection, again.pool);
    });

    it('as a file system is formatted and mounted', async () => {
      const pool: NewPool = {
        ...{ type: 'fs', name: 'mounted', devices: [device], format: 'ext4' },
        targetPath: '/srv/mounted',
      };
      const ref = await setUpPool(host, setup(pool, { build: PoolBuild.overwrite }));
      assert.match(
        await kvm1.run(['findmnt', '--noheadings', '--output', 'FSTYPE,SOURCE', '/srv/mounted']),
        /ext4/,
      );
      await kvm1.virsh('pool-destroy', ref.uuid);
      await deletePool(host.connection, ref);
      assert.equal((await kvm1.exec(['ls', '/srv/mounted'])).exitCode, 2);
      await undefinePool(host.connection, ref);
    });
  });

  it('is told what its sources are, or why nobody knows', async () => {
    assert.deepEqual(await findSources(host.connection, 'logical', []), { kind: 'found', sources: [] });
    const nfs = await findSources(host.connection, 'netfs', [{ name: '127.0.0.1' }]);
    assert.equal(nfs.kind, 'unknown');
    const iscsi = await findSources(host.connection, 'iscsi', [{ name: '127.0.0.1' }]);
    assert.ok(iscsi.kind === 'unknown');
    assert.match(iscsi.reason, /^cannot execute binary \S*iscsiadm/);
    assert.deepEqual(await listScsiAdapters(host.connection), []);
  });
});
