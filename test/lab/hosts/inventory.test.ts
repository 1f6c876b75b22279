import assert from 'node:assert/strict';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { Inventory } from '../../../src/hosts/inventory/inventory.ts';
import { DomainState } from '../../../src/libvirt/protocol/domainStates.ts';
import { startPool } from '../../../src/libvirt/storagePools.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { labSession, until } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

describe('the inventory of a host', function () {
  this.timeout(60_000);
  let host: LabHost;
  let session: HostSession;
  let inventory: Inventory;

  const domain = (name: string) =>
    [...inventory.domains.entries.values()].find(({ ref }) => ref.name === name);
  const pool = (name: string) => [...inventory.pools.entries.values()].find(({ ref }) => ref.name === name);
  const network = (name: string) =>
    [...inventory.networks.entries.values()].find(({ ref }) => ref.name === name);
  const shows = (what: string, isThere: () => boolean): Promise<void> =>
    until(inventory.onDidChange, isThere, what);

  before(async () => {
    const lab = await sharedLab();
    host = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    ({ inventory } = await session.connect());
    await shows('everything is read', () =>
      [inventory.domains, inventory.pools, inventory.networks, inventory.secrets].every(
        ({ status }) => status.kind === 'loaded',
      ),
    );
  });

  after(() => {
    session.dispose();
  });

  it('has what is on the host', async () => {
    assert.deepEqual(
      [domain('web1'), domain('db1'), domain('cache1')].map((entry) => entry?.state),
      [DomainState.running, DomainState.shutoff, DomainState.shutoff],
    );
    await shows('it is known what starts with the host', () => domain('web1')?.autostart === true);
    assert.equal(pool('rbd-pool')?.active, true);
    assert.equal(network('default')?.active, true);
    assert.equal(network('storage')?.active, false);
    assert.equal(inventory.secrets.entries.size, 1);
  });

  it('follows the life of a domain that somebody else starts, pauses, resumes and stops', async () => {
    const state = (): number | undefined => domain('cache1')?.state;
    await host.virsh('start', 'cache1');
    await shows('cache1 runs', () => state() === DomainState.running);
    await host.virsh('suspend', 'cache1');
    await shows('cache1 is paused', () => state() === DomainState.paused);
    await host.virsh('resume', 'cache1');
    await shows('cache1 runs again', () => state() === DomainState.running);
    await host.virsh('destroy', 'cache1');
    await shows('cache1 is off', () => state() === DomainState.shutoff);
  });

  it('follows domains that are defined, renamed, undefined', async () => {
    const xml = await host.virsh('dumpxml', '--inactive', 'cache1');
    const copy = xml.replace('<name>cache1</name>', '<name>cache2</name>').replace(/<uuid>.*<\/uuid>/, '');
    await host.exec(['sh', '-c', 'cat > /root/cache2.xml'], { input: copy });
    await host.virsh('define', '/root/cache2.xml');
    await shows('cache2 is there', () => domain('cache2') !== undefined);
    await host.virsh('domrename', 'cache2', 'cache3');
    await shows('it is cache3', () => domain('cache3') !== undefined && domain('cache2') === undefined);
    await host.virsh('undefine', 'cache3');
    await shows('cache3 is gone', () => domain('cache3') === undefined);
  });

  it('forgets a transient domain when it stops', async () => {
    const xml = await host.virsh('dumpxml', '--inactive', 'cache1');
    const copy = xml.replace('<name>cache1</name>', '<name>passing</name>').replace(/<uuid>.*<\/uuid>/, '');
    await host.exec(['sh', '-c', 'cat > /root/passing.xml'], { input: copy });
    await host.virsh('create', '/root/passing.xml');
    await shows('it runs', () => domain('passing')?.state === DomainState.running);
    assert.equal(domain('passing')?.persistent, false);
    await host.virsh('destroy', 'passing');
    await shows('it is gone', () => domain('passing') === undefined);
  });

  it('follows pools and networks', async () => {
    await host.virsh('pool-destroy', 'rbd-pool');
    await shows('the pool is inactive', () => pool('rbd-pool')?.active === false);
    await host.virsh('pool-start', 'rbd-pool');
    await shows('the pool is active', () => pool('rbd-pool')?.active === true);
    await host.virsh('net-destroy', 'default');
    await shows('the network is inactive', () => network('default')?.active === false);
    await host.virsh('net-start', 'default');
    await shows('the network is active', () => network('default')?.active === true);
  });

  it('follows secrets', async () => {
    await host.exec(['sh', '-c', 'cat > /root/secret.xml'], {
      input:
        "<secret ephemeral='no' private='no'><usage type='ceph'><name>client.other secret</name></usage></secret>",
    });
    await host.virsh('secret-define', '/root/secret.xml');
    const other = () =>
      [...inventory.secrets.entries.values()].find(({ ref }) => ref.usageId === 'client.other secret');
    await shows('the secret is there', () => other() !== undefined);
    await host.virsh('secret-undefine', other()?.ref.uuid ?? '');
    await shows('the secret is gone', () => other() === undefined);
  });

  it('reads sizes and volumes of a pool when they are wanted', async () => {
    const uuid = pool('images')?.ref.uuid ?? '';
    inventory.pools.wantCondition(uuid);
    await shows('its sizes are read', () => pool('images')?.condition !== undefined);
    const condition = pool('images')?.condition;
    assert.ok(condition?.kind === 'info' && condition.info.capacity > 0);
    const volumes = await inventory.pools.volumes(uuid);
    assert.deepEqual(volumes.map(({ name }) => name).sort(), [
      'cache1.qcow2',
      'installer.iso',
      'old-intranet.qcow2',
    ]);
  });

  it('knows the disks and interfaces of a domain, and its RBD pools with their secrets', async () => {
    const details = await inventory.domains.details(domain('web1')?.ref.uuid ?? '');
    assert.deepEqual(
      details.disks.map(({ target }) => target),
      ['vda', 'vdb'],
    );
    assert.equal(details.interfaces[0]?.source, 'default');
    const known = await session.require().knowledge.basics();
    assert.ok(known);
    const { rbdPools, secrets } = known;
    assert.deepEqual(
      rbdPools.map(({ name, cephPool, auth }) => ({ name, cephPool, username: auth?.username })),
      [{ name: 'rbd-pool', cephPool: 'libvirt-pool', username: 'libvirt' }],
    );
    assert.deepEqual(
      secrets.map(({ usageType }) => usageType),
      ['ceph'],
    );
  });

  it('shows domains while a pool hangs on a silent Ceph', async () => {
    const lab = await sharedLab();
    await host.virsh('pool-destroy', 'rbd-pool');
    await shows('the pool is inactive', () => pool('rbd-pool')?.active === false);
    await lab.ceph.freeze();
    const starting = startPool(session.require().connection, pool('rbd-pool')?.ref ?? { name: '', uuid: '' });
    try {
      const second = await labSession(lab, 'qemu+ssh://kvm1/system');
      const other = (await second.connect()).inventory;
      await until(other.onDidChange, () => other.domains.status.kind === 'loaded', 'domains are read');
      await until(other.onDidChange, () => other.networks.status.kind === 'loaded', 'networks are read');
      assert.equal(other.domains.entries.size, 3);
      second.dispose();
    } finally {
      await lab.ceph.thaw();
      await starting.catch(() => undefined);
    }
  });
});
