import assert from 'node:assert/strict';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import * as domains from '../../../src/libvirt/domains.ts';
import { LibvirtError } from '../../../src/libvirt/errors.ts';
import { subscribe } from '../../../src/libvirt/events.ts';
import * as networks from '../../../src/libvirt/networks.ts';
import { getConnectionFacts, getNodeInfo } from '../../../src/libvirt/node.ts';
import { listNodeDevices, getNodeDeviceXml } from '../../../src/libvirt/nodeDevices.ts';
import { connectFindStoragePoolSources } from '../../../src/libvirt/protocol/storagePool.ts';
import { ListDomains } from '../../../src/libvirt/protocol/domainFlags.ts';
import { DomainState, PausedReason } from '../../../src/libvirt/protocol/domainStates.ts';
import { ErrorCode, ErrorDomain } from '../../../src/libvirt/protocol/errorCodes.ts';
import { allEvents } from '../../../src/libvirt/protocol/events.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import * as pools from '../../../src/libvirt/storagePools.ts';
import { createVolume, deleteVolume, getVolumeInfo, listVolumes } from '../../../src/libvirt/volumes.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { connectTo, EventLog } from './labConnection.ts';

const file = '/root/node.xml';

const node = `<node>
  <domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>
    <memory>8388608</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os></domain>
  <network><name>default</name><bridge name='virbr0'/><ip address='192.168.122.1' prefix='24'/></network>
  <pool type='dir'><name>default-pool</name><target><path>/default-pool</path></target></pool>
  <device><name>computer</name><capability type='system'>
    <hardware><uuid>11111111-2222-3333-4444-555555555555</uuid></hardware><firmware/></capability></device>
  <cpu><mhz>6000</mhz><model>i986</model><active>50</active><nodes>4</nodes><sockets>4</sockets>
    <cores>4</cores><threads>2</threads></cpu>
  <memory>16777216</memory>
</node>`;

/** libvirt's own fake hypervisor, within the real daemon: read from a file, each connection has a world of its own. */
describe('libvirtd with the test driver', function () {
  this.timeout(60_000);
  let connection: LibvirtConnection;
  let domain: DomainRef;

  before(async () => {
    await (await sharedLab()).host('kvm1').machine.writeFile(file, node);
  });

  beforeEach(async () => {
    connection = await connectTo((await sharedLab()).host('kvm1'), { uri: `test://${file}` });
    domain = await domains.lookupDomainByName(connection, 'test');
  });

  afterEach(() => {
    connection.dispose();
  });

  it('tells what it is', async () => {
    const { type, uri, hostname, libvirtVersion } = await getConnectionFacts(connection);
    assert.deepEqual([type, uri, hostname], ['TEST', `test://${file}`, 'kvm1']);
    assert.match(libvirtVersion, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(await getNodeInfo(connection), {
      ...{
        model: 'i986',
        memory: 16_777_216,
        cpus: 50,
        mhz: 6000,
        nodes: 4,
        sockets: 4,
        cores: 4,
        threads: 2,
      },
    });
  });

  it('has one domain, one pool, one network and node devices', async () => {
    assert.deepEqual(await domains.listDomains(connection), [domain]);
    assert.deepEqual(await domains.lookupDomain(connection, domain.uuid), domain);
    assert.deepEqual(await domains.listDomains(connection, ListDomains.inactive), []);
    assert.deepEqual(
      (await pools.listPools(connection)).map(({ name }) => name),
      ['default-pool'],
    );
    assert.deepEqual(
      (await networks.listNetworks(connection)).map(({ name }) => name),
      ['default'],
    );
    const devices = await listNodeDevices(connection);
    const computer = devices.find(({ name }) => name === 'computer');
    assert.match(await getNodeDeviceXml(connection, computer!), /<name>computer<\/name>/);
  });

  it('tells the states of domains and why', async () => {
    await domains.suspendDomain(connection, domain);
    assert.deepEqual(await domains.listDomainStates(connection), [
      { domain, state: DomainState.paused, reason: PausedReason.user },
    ]);
    assert.deepEqual(await domains.getDomainState(connection, domain), { state: 3, reason: 1 });
  });

  it('reports the life of a domain', async () => {
    await subscribe(connection, [{ object: 'domain', kind: 'lifecycle' }]);
    const events = new EventLog(connection);
    await domains.suspendDomain(connection, domain);
    await domains.resumeDomain(connection, domain);
    await domains.destroyDomain(connection, domain);
    const { id } = await domains.startDomain(connection, domain);
    assert.notEqual(id, domain.id);
    await domains.destroyDomain(connection, domain);
    await domains.undefineDomain(connection, domain);
    await events.has(
      ...['3 0', '4 0', '5 1', '2 0', '5 1', '1 0'].map((numbers) => `domain lifecycle test ${numbers}`),
    );
    assert.equal(events.lines.length, 6);
  });

  it('defines, renames and forgets a domain', async () => {
    await subscribe(connection, [{ object: 'domain', kind: 'lifecycle' }]);
    const events = new EventLog(connection);
    const xml = (await domains.getDomainXml(connection, domain, { inactive: true }))
      .replace(/<uuid>.*<\/uuid>/, '')
      .replace('<name>test<', '<name>näme &amp; „quotes“<');
    const { ref, validated } = await domains.defineDomain(connection, xml);
    assert.deepEqual([ref.name, ref.id, validated], ['näme & „quotes“', -1, true]);
    await domains.renameDomain(connection, ref, 'renamed');
    const renamed = await domains.lookupDomainByName(connection, 'renamed');
    assert.equal(renamed.uuid, ref.uuid);
    await domains.setDomainAutostart(connection, renamed, true);
    assert.equal(await domains.getDomainAutostart(connection, renamed), true);
    assert.deepEqual(await domains.listDomains(connection, ListDomains.autostart), [renamed]);
    await domains.undefineDomain(connection, renamed);
    await events.has('domain lifecycle renamed 1 0');
    assert.equal(events.lines[0], 'domain lifecycle näme & „quotes“ 0 0');
  });

  it('reports the life of a pool and its volumes', async () => {
    await subscribe(connection, [
      { object: 'pool', kind: 'lifecycle' },
      { object: 'pool', kind: 'refresh' },
    ]);
    const events = new EventLog(connection);
    const pool = await pools.lookupPoolByName(connection, 'default-pool');
    await pools.stopPool(connection, pool);
    await pools.startPool(connection, pool);
    await pools.refreshPool(connection, pool);
    await events.has(
      'pool lifecycle default-pool 3 0',
      'pool lifecycle default-pool 2 0',
      'pool refresh default-pool',
    );
    const { capacity, state } = await pools.getPoolInfo(connection, pool);
    assert.deepEqual([capacity, state], [100 * 1024 ** 3, 2]);
    const xml = '<volume><name>v1</name><capacity unit="GiB">5</capacity></volume>';
    const volume = await createVolume(connection, pool, xml);
    assert.deepEqual(await listVolumes(connection, pool), [volume]);
    assert.equal((await getVolumeInfo(connection, volume)).capacity, 5 * 1024 ** 3);
    await deleteVolume(connection, volume);
    assert.deepEqual(await listVolumes(connection, pool), []);
  });

  it('reports the life of a network', async () => {
    await subscribe(connection, [{ object: 'network', kind: 'lifecycle' }]);
    const events = new EventLog(connection);
    const xml = `<network><name>n1</name><forward mode='nat'/><ip address='10.1.2.1' prefix='24'/></network>`;
    const { ref } = await networks.defineNetwork(connection, xml);
    await networks.setNetworkAutostart(connection, ref, true);
    assert.equal(await networks.getNetworkAutostart(connection, ref), true);
    await networks.startNetwork(connection, ref);
    assert.match(await networks.getNetworkXml(connection, ref), /10\.1\.2\.1/);
    await networks.stopNetwork(connection, ref);
    await networks.undefineNetwork(connection, ref);
    await events.has(...['0 0', '2 0', '3 0', '1 0'].map((numbers) => `network lifecycle n1 ${numbers}`));
  });

  it('says of each event whether it has it', async () => {
    const refused = await subscribe(
      connection,
      allEvents.map(({ object, kind }) => ({ object, kind })) as never,
    );
    const known = new Set(['secret', 'domain', 'network']);
    for (const { subscription, error } of refused) {
      assert.ok(known.has(subscription.object), `${subscription.object} ${subscription.kind}`);
      assert.ok([ErrorCode.noSupport, ErrorCode.internalError].some((code) => code === error.code));
    }
    const reasons = refused.map(({ subscription: { object, kind } }) => `${object} ${kind}`);
    assert.ok(reasons.includes('secret lifecycle'));
    assert.ok(!reasons.includes('domain lifecycle'));
  });

  it('refuses what does not exist, with a code and a sentence', async () => {
    await assert.rejects(domains.lookupDomainByName(connection, 'nosuch'), (error) => {
      assert.ok(error instanceof LibvirtError);
      assert.equal(error.code, ErrorCode.noDomain);
      assert.equal(error.domain, ErrorDomain.test);
      assert.match(error.message, /^libvirt on kvm1: Domain not found/);
      return true;
    });
  });

  it('does not have every function', async () => {
    const call = connection.call(connectFindStoragePoolSources, {
      type: 'rbd',
      sourceSpec: undefined,
      flags: 0,
    });
    await assert.rejects(call, (error) => error instanceof LibvirtError && error.code > 0);
  });

  it('answers a hundred calls at once, each with its own answer', async () => {
    const xml = await domains.getDomainXml(connection, domain, { inactive: true });
    const names = Array.from({ length: 100 }, (_, index) => `vm${index}`);
    const refs = await Promise.all(
      names.map((name) =>
        domains.defineDomain(
          connection,
          xml.replace(/<uuid>.*<\/uuid>/, '').replace('<name>test<', `<name>${name}<`),
        ),
      ),
    );
    assert.deepEqual(
      refs.map(({ ref }) => ref.name),
      names,
    );
    const texts = await Promise.all(refs.map(({ ref }) => domains.getDomainXml(connection, ref)));
    for (const [index, text] of texts.entries()) assert.ok(text.includes(`<name>${names[index]!}</name>`));
    assert.equal((await domains.listDomainStates(connection)).length, 101);
  });
});
