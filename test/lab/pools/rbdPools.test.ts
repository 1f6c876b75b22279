import { hostsOwnAccess } from '../../../src/ceph/cephAccess.ts';
import { listCephPools, type CephPool } from '../../../src/ceph/cephPools.ts';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ConnectedHost, HostSession } from '../../../src/hosts/hostSession.ts';
import { lookupSecret, undefineSecret } from '../../../src/libvirt/secrets.ts';
import { newPoolXml } from '../../../src/operations/pools/newPoolXml.ts';
import { offeredTypes } from '../../../src/operations/pools/offeredTypes.ts';
import { readCephOfHost } from '../../../src/operations/pools/rbd/cephOfHost.ts';
import { checkRbdAccess, type RbdAccess } from '../../../src/operations/pools/rbd/checkRbdAccess.ts';
import { removePool, StuckPoolProblem } from '../../../src/operations/pools/removePool.ts';
import { setUpPool } from '../../../src/operations/pools/setUpPool.ts';
import { readSecretValue } from '../../../src/operations/secrets/compareSecrets.ts';
import { createSecret } from '../../../src/operations/secrets/defineSecret.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

const isForRbd = ({ applications }: CephPool): boolean => applications.includes('rbd');

describe('a new pool of RBD images', function () {
  this.timeout(60_000);
  let lab: Lab;
  let kvm1: LabHost;
  let session: HostSession;
  let host: ConnectedHost;
  let key: Buffer;
  let access: RbdAccess;

  before(async () => {
    lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    host = await session.connect();
    const secret = { name: 'kvm1', connection: host.connection };
    const value = await readSecretValue(secret, await lookupSecret(host.connection, secretUuid));
    assert.ok(value.kind === 'set');
    key = value.bytes;
    const { host: name, port } = lab.ceph.monitor;
    access = { monitors: [{ name, port }], cephPool: lab.ceph.pool, client: { id: 'libvirt', key } };
  });

  after(() => {
    session.dispose();
  });

  it('is proposed what /etc/ceph of the host says, and the pools of the cluster', async () => {
    const { monitors, keyrings } = await readCephOfHost(host.transport);
    assert.deepEqual(monitors, access.monitors);
    assert.deepEqual([...keyrings], [['admin', '/etc/ceph/ceph.client.admin.keyring']]);
    const pools = await listCephPools({ transport: host.transport, access: hostsOwnAccess });
    assert.deepEqual(
      pools.filter(isForRbd).map(({ name }) => name),
      [lab.ceph.pool],
    );
    assert.ok(pools.some((pool) => !isForRbd(pool)));
  });

  it('is tried before it is defined, and a wrong key is told from a wrong pool and from silence', async () => {
    const { transport } = host;
    const images = JSON.parse(await kvm1.run(['rbd', 'ls', lab.ceph.pool, '--format', 'json'])) as unknown[];
    assert.equal(await checkRbdAccess(transport, access), images.length);
    const wrongKey = Buffer.from(key);
    wrongKey.writeUInt8(wrongKey.readUInt8(20) ^ 0xff, 20);
    const client = { id: 'libvirt', key: wrongKey };
    await assert.rejects(checkRbdAccess(transport, { ...access, client }), { code: 'key-refused' });
    const nobody = { id: 'nobody', key };
    await assert.rejects(checkRbdAccess(transport, { ...access, client: nobody }), { code: 'key-refused' });
    await assert.rejects(checkRbdAccess(transport, { ...access, client: undefined }), {
      code: 'key-refused',
    });
    await assert.rejects(checkRbdAccess(transport, { ...access, cephPool: 'nosuch' }), {
      code: 'pool-missing',
    });
    await assert.rejects(checkRbdAccess(transport, { ...access, cephPool: '-p $(id)' }), {
      code: 'pool-missing',
    });
    const other = (await listCephPools({ transport, access: hostsOwnAccess })).find(
      (pool) => !isForRbd(pool),
    );
    assert.ok(other);
    await assert.rejects(checkRbdAccess(transport, { ...access, cephPool: other.name }), {
      code: 'no-rights',
    });
    const unknown = [{ name: 'mon.invalid' }];
    await assert.rejects(checkRbdAccess(transport, { ...access, monitors: unknown }), {
      code: 'monitors-unknown',
      message: /mon\.invalid/,
    });
  });

  it('is told of monitors that are silent', async () => {
    const silent = [{ name: '10.10.0.250', port: 6789 }];
    await assert.rejects(checkRbdAccess(host.transport, { ...access, monitors: silent }), {
      code: 'monitors-silent',
      message: /10\.10\.0\.250:6789/,
    });
  });

  it('starts with a secret that is made for it, and lists the images', async () => {
    const uuid = randomUUID();
    const on = { name: 'kvm1', connection: host.connection };
    const usage = { type: 'ceph', id: 'client.libvirt for a test' } as const;
    const secret = await createSecret(on, { uuid, usage }, key);
    const login = { type: 'ceph', username: 'libvirt', secretUuid: uuid } as const;
    const servers = access.monitors;
    const xml = newPoolXml({ type: 'rbd', name: 'rbd-2', servers, sourceName: lab.ceph.pool, login });
    try {
      const pool = await setUpPool(on, {
        name: 'rbd-2',
        xml,
        build: undefined,
        start: true,
        autostart: true,
      });
      assert.match(await kvm1.virsh('vol-list', pool.uuid), /web1-data/);
      await removePool(on, pool);
    } finally {
      await undefineSecret(host.connection, secret);
    }
  });
});

describe('a host without the backend for RBD', function () {
  this.timeout(60_000);
  let lab: Lab;
  let other: LabHost;
  let session: HostSession;

  before(async () => {
    lab = await sharedLab();
    other = await lab.addHost({ name: 'norbd' });
    await other.removeRbdBackend();
    await other.restartLibvirtd();
    session = await labSession(lab, 'qemu+ssh://norbd/system');
  });

  after(async () => {
    session.dispose();
    await lab.removeHost('norbd');
  });

  it('says so before anybody asks for such a pool', async () => {
    const { connection } = await session.connect();
    const rbd = (await offeredTypes(connection)).find(({ type }) => type === 'rbd');
    assert.equal(rbd?.supported, false);
  });

  it('tells how to get rid of a pool that was active when it was lost', async () => {
    const { connection, inventory } = await session.connect();
    await inventory.pools.load();
    const stuck = [...inventory.pools.entries.values()].find(({ ref }) => ref.name === 'rbd-pool');
    assert.ok(stuck);
    const on = { name: 'norbd', connection };
    await assert.rejects(removePool(on, stuck.ref), (error) => {
      assert.ok(error instanceof StuckPoolProblem);
      assert.match(
        error.advice ?? '',
        /libvirt-daemon-driver-storage-rbd.*\/run\/libvirt\/storage\/rbd-pool\.xml/,
      );
      return true;
    });
    await other.stopLibvirtd();
    await other.run(['rm', '/run/libvirt/storage/rbd-pool.xml']);
    await other.startLibvirtd();
    const again = await labSession(lab, 'qemu+ssh://norbd/system');
    try {
      await removePool({ name: 'norbd', connection: (await again.connect()).connection }, stuck.ref);
      assert.doesNotMatch(await other.virsh('pool-list', '--all'), /rbd-pool/);
    } finally {
      again.dispose();
    }
  });
});
