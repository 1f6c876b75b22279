import assert from 'node:assert/strict';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { managedSaveDomain, removeManagedSave } from '../../../src/libvirt/domainSaving.ts';
import * as domains from '../../../src/libvirt/domains.ts';
import { LibvirtError } from '../../../src/libvirt/errors.ts';
import { subscribe } from '../../../src/libvirt/events.ts';
import { parseDomain } from '../../../src/libvirt/model/domain.ts';
import { parseNetwork } from '../../../src/libvirt/model/network.ts';
import { parseSecret } from '../../../src/libvirt/model/secret.ts';
import { parsePool } from '../../../src/libvirt/model/storagePool.ts';
import { parseVolume } from '../../../src/libvirt/model/volume.ts';
import * as networks from '../../../src/libvirt/networks.ts';
import {
  getCapabilities,
  getDomainCapabilities,
  getNodeCpuStats,
  getNodeMemoryStats,
  getPoolCapabilities,
} from '../../../src/libvirt/node.ts';
import { ListDomains } from '../../../src/libvirt/protocol/domainFlags.ts';
import { DomainState, PausedReason, RunningReason } from '../../../src/libvirt/protocol/domainStates.ts';
import { DomainStats } from '../../../src/libvirt/protocol/domainStats.ts';
import { ErrorCode } from '../../../src/libvirt/protocol/errorCodes.ts';
import type { DomainRef, SnapshotRef } from '../../../src/libvirt/protocol/refs.ts';
import { ListPools, PoolState } from '../../../src/libvirt/protocol/storagePool.ts';
import * as secrets from '../../../src/libvirt/secrets.ts';
import * as snapshots from '../../../src/libvirt/snapshots.ts';
import * as pools from '../../../src/libvirt/storagePools.ts';
import * as volumes from '../../../src/libvirt/volumes.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { connectTo, EventLog } from './labConnection.ts';

const image = '/var/lib/libvirt/images/throwaway.qcow2';

const throwaway = `<domain type='qemu'><name>throwaway</name><memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${image}'/>
      <target dev='vda' bus='virtio'/></disk>
  </devices></domain>`;

describe('the objects of a real host', function () {
  this.timeout(60_000);
  let connection: LibvirtConnection;
  let events: EventLog;

  before(async () => {
    connection = await connectTo((await sharedLab()).host('kvm1'));
    const refused = await subscribe(connection, [
      { object: 'domain', kind: 'lifecycle' },
      { object: 'pool', kind: 'lifecycle' },
      { object: 'pool', kind: 'refresh' },
      { object: 'network', kind: 'lifecycle' },
      { object: 'secret', kind: 'lifecycle' },
      { object: 'secret', kind: 'valueChanged' },
      { object: 'nodeDevice', kind: 'lifecycle' },
    ]);
    assert.deepEqual(refused, []);
    events = new EventLog(connection);
  });

  after(() => {
    connection.dispose();
  });

  beforeEach(() => {
    events.lines.length = 0;
  });

  describe('a domain', () => {
    let domain: DomainRef;

    before(async () => {
      const pool = await pools.lookupPoolByName(connection, 'images');
      const xml = `<volume><name>throwaway.qcow2</name><capacity unit='MiB'>64</capacity>
        <target><format type='qcow2'/></target></volume>`;
      await volumes.createVolume(connection, pool, xml);
    });

    after(async () => {
      await volumes.deleteVolume(connection, await volumes.lookupVolumeByPath(connection, image));
    });

    it('is defined, checked by the schema', async () => {
      const { ref, validated } = await domains.defineDomain(connection, throwaway);
      assert.deepEqual([ref.name, ref.id, validated], ['throwaway', -1, true]);
      await events.has('domain lifecycle throwaway 0 0');
      domain = ref;
    });

    it('with a fault is refused with what the schema says, and nothing is changed', async () => {
      const wrong = throwaway.replace('<memory', '<bogus/><memory');
      await assert.rejects(domains.defineDomain(connection, wrong), (error) => {
        assert.ok(error instanceof LibvirtError);
        assert.equal(error.code, ErrorCode.xmlInvalidSchema);
        assert.match(error.raw ?? '', /bogus/);
        return true;
      });
      await assert.rejects(domains.defineDomain(connection, '<domain'), { code: ErrorCode.xmlDetail });
    });

    it('has a snapshot, taken, named, reverted to and deleted', async () => {
      const xml = '<domainsnapshot><name>before</name></domainsnapshot>';
      assert.equal(await snapshots.currentSnapshot(connection, domain), undefined);
      const taken: SnapshotRef = await snapshots.createSnapshot(connection, domain, xml);
      assert.deepEqual(await snapshots.listSnapshots(connection, domain), [taken]);
      assert.equal((await snapshots.currentSnapshot(connection, domain))?.name, 'before');
      assert.match(await snapshots.getSnapshotXml(connection, taken), /<name>before<\/name>/);
      await snapshots.revertToSnapshot(connection, taken);
      await snapshots.deleteSnapshot(connection, taken);
      assert.deepEqual(await snapshots.listSnapshots(connection, domain), []);
    });

    it('starts, pauses, resumes and stops, with an event for each', async () => {
      const running = await domains.startDomain(connection, domain);
      assert.ok(running.id > 0);
      assert.deepEqual(await domains.getDomainState(connection, running), {
        ...{ state: DomainState.running, reason: RunningReason.booted },
      });
      await assert.rejects(domains.startDomain(connection, domain), { code: ErrorCode.operationInvalid });
      await domains.suspendDomain(connection, running);
      const states = await domains.listDomainStates(connection);
      assert.deepEqual(
        states.find(({ domain: { name } }) => name === 'throwaway'),
        { domain: running, state: DomainState.paused, reason: PausedReason.user },
      );
      await domains.resumeDomain(connection, running);
      await domains.resetDomain(connection, running);
      await domains.destroyDomain(connection, running);
      await events.has(
        ...['2 0', '3 0', '4 0', '5 1'].map((numbers) => `domain lifecycle throwaway ${numbers}`),
      );
    });

    it('is saved and goes on', async () => {
      await domains.startDomain(connection, domain);
      await managedSaveDomain(connection, domain);
      assert.deepEqual(
        (await domains.listDomains(connection, ListDomains.managedSave)).map(({ name }) => name),
        ['throwaway'],
      );
      await events.has('domain lifecycle throwaway 5 4');
      await removeManagedSave(connection, domain);
      assert.deepEqual(await domains.listDomains(connection, ListDomains.managedSave), []);
    });

    it('starts with the host when told so', async () => {
      assert.equal(await domains.getDomainAutostart(connection, domain), false);
      await domains.setDomainAutostart(connection, domain, true);
      const autostarted = await domains.listDomains(connection, ListDomains.autostart);
      assert.deepEqual(autostarted.map(({ name }) => name).sort(), ['throwaway', 'web1']);
      await domains.setDomainAutostart(connection, domain, false);
    });

    it('is asked to shut down and to restart', async () => {
      const running = await domains.startDomain(connection, domain);
      await domains.rebootDomain(connection, running);
      await domains.shutdownDomain(connection, running);
      await domains.destroyDomain(connection, running);
    });

    it('is forgotten', async () => {
      await domains.undefineDomain(connection, domain);
      await events.has('domain lifecycle throwaway 1 0');
      await assert.rejects(domains.getDomainXml(connection, domain), { code: ErrorCode.noDomain });
    });

    it('is read into a model', async () => {
      const web1 = await domains.lookupDomainByName(connection, 'web1');
      const model = await parseDomain(await domains.getDomainXml(connection, web1));
      assert.equal(model.uuid, web1.uuid);
      assert.equal(model.title, 'Web front end');
      assert.equal(model.memoryKiB, 160 * 1024);
      assert.deepEqual(
        model.disks.map(({ target, source }) => [target, source?.type === 'network' && source.name]),
        [
          ['vda', 'libvirt-pool/web1'],
          ['vdb', 'libvirt-pool/web1-data'],
        ],
      );
      const [first] = model.disks;
      assert.ok(first?.source?.type === 'network');
      assert.deepEqual(first.source.auth, {
        ...{ username: 'libvirt', type: 'ceph', secret: { uuid: secretUuid, usage: undefined } },
      });
      assert.equal(model.interfaces[0]?.source, 'default');
      assert.equal(model.consoles[0]?.type, 'pty');
    });

    it('has statistics, of all domains in one call', async () => {
      const stats = await domains.listDomainStats(connection, DomainStats.state | DomainStats.block);
      const web1 = stats.find(({ domain: { name } }) => name === 'web1');
      assert.equal(web1?.values.get('block.count'), 2);
      assert.equal(web1.values.get('block.0.name'), 'vda');
      assert.equal(typeof web1.values.get('block.0.rd.bytes'), 'bigint');
    });
  });

  it('a pool is defined, built, started, refreshed, stopped and forgotten', async () => {
    const xml = `<pool type='dir'><name>throwaway</name><target><path>/var/lib/libvirt/throwaway</path></target></pool>`;
    const { ref, validated } = await pools.definePool(connection, xml);
    assert.equal(validated, true);
    assert.equal((await pools.getPoolInfo(connection, ref)).state, PoolState.inactive);
    await assert.rejects(pools.startPool(connection, ref), LibvirtError);
    await pools.buildPool(connection, ref);
    await pools.startPool(connection, ref);
    assert.equal((await pools.getPoolInfo(connection, ref)).state, PoolState.running);
    await pools.setPoolAutostart(connection, ref, true);
    assert.equal(await pools.getPoolAutostart(connection, ref), true);
    assert.ok((await pools.listPools(connection, ListPools.autostart)).some(({ uuid }) => uuid === ref.uuid));
    const volumeXml = `<volume><name>a</name><capacity unit='MiB'>8</capacity></volume>`;
    const volume = await volumes.createVolume(connection, ref, volumeXml);
    await volumes.resizeVolume(connection, volume, 16 * 1024 * 1024);
    assert.deepEqual(await volumes.getVolumeInfo(connection, volume), {
      ...{ type: 0, capacity: 16 * 1024 * 1024, allocation: 8 * 1024 * 1024 },
    });
    const copy = await volumes.cloneVolume(connection, ref, volumeXml.replace('>a<', '>b<'), volume);
    assert.deepEqual((await volumes.listVolumes(connection, ref)).map(({ name }) => name).sort(), ['a', 'b']);
    for (const one of [volume, copy]) await volumes.deleteVolume(connection, one);
    await pools.refreshPool(connection, ref);
    await pools.stopPool(connection, ref);
    await pools.undefinePool(connection, ref);
    await events.has(
      'pool lifecycle throwaway 0 0',
      'pool lifecycle throwaway 2 0',
      'pool refresh throwaway',
      'pool lifecycle throwaway 3 0',
      'pool lifecycle throwaway 1 0',
    );
  });

  it('a pool of RBD images is read into a model, and so are its volumes', async () => {
    const [pool] = await pools.listPools(connection, ListPools.rbd);
    const model = await parsePool(await pools.getPoolXml(connection, pool!));
    assert.deepEqual(
      [model.type, model.sourceName, model.auth?.secret.uuid],
      ['rbd', 'libvirt-pool', secretUuid],
    );
    assert.equal(model.hosts.length, 1);
    const volume = await volumes.lookupVolume(connection, pool!, 'web1-data');
    assert.equal(volume.key, 'libvirt-pool/web1-data');
    const read = await parseVolume(await volumes.getVolumeXml(connection, volume));
    assert.deepEqual([read.type, read.path, read.capacity], ['network', volume.key, 4 * 1024 ** 3]);
  });

  it('a secret is defined, given a value, and forgotten', async () => {
    const name = 'client.throwaway';
    const xml = `<secret ephemeral='no' private='no'><usage type='ceph'><name>${name}</name></usage></secret>`;
    const { ref } = await secrets.defineSecret(connection, xml);
    assert.deepEqual([ref.usageType, ref.usageId], [2, name]);
    assert.deepEqual(await secrets.lookupSecret(connection, ref.uuid), ref);
    await assert.rejects(secrets.getSecretValue(connection, ref), { code: ErrorCode.noSecret });
    const value = Buffer.from('AQDnotARealKey==', 'base64');
    await secrets.setSecretValue(connection, ref, value);
    assert.deepEqual(Buffer.from(await secrets.getSecretValue(connection, ref)), value);
    const model = await parseSecret(await secrets.getSecretXml(connection, ref));
    assert.deepEqual([model.uuid, model.usageType, model.usage], [ref.uuid, 'ceph', name]);
    assert.ok((await secrets.listSecrets(connection)).some(({ uuid }) => uuid === ref.uuid));
    await secrets.undefineSecret(connection, ref);
    await events.has(
      `secret lifecycle ${name} 0 0`,
      `secret valueChanged ${name}`,
      `secret lifecycle ${name} 1 0`,
    );
  });

  it('a network is defined, started, stopped and forgotten', async () => {
    const xml = `<network><name>throwaway</name><bridge name='virbr77'/>
      <ip address='10.77.0.1' prefix='24'/></network>`;
    const { ref, validated } = await networks.defineNetwork(connection, xml);
    assert.equal(validated, true);
    await networks.setNetworkAutostart(connection, ref, true);
    await networks.startNetwork(connection, ref);
    const model = await parseNetwork(await networks.getNetworkXml(connection, ref));
    assert.deepEqual(
      [model.bridge, model.forwardMode, model.addresses[0]?.address],
      ['virbr77', undefined, '10.77.0.1'],
    );
    await networks.stopNetwork(connection, ref);
    await networks.undefineNetwork(connection, ref);
    await events.has(
      ...['0 0', '2 0', '3 0', '1 0'].map((numbers) => `network lifecycle throwaway ${numbers}`),
    );
  });

  it('the host tells what it has and what it can', async () => {
    const [cpu, memory] = [await getNodeCpuStats(connection), await getNodeMemoryStats(connection)];
    assert.ok((cpu.get('idle') ?? 0n) > 0n);
    assert.ok((memory.get('total') ?? 0n) > 0n);
    assert.match(await getCapabilities(connection), /<capabilities>/);
    assert.match(await getPoolCapabilities(connection), /<pool type='rbd' supported='yes'>/);
    const query = { arch: 'x86_64', virtType: 'qemu', machine: 'pc' };
    assert.match(await getDomainCapabilities(connection, query), /<domainCapabilities>/);
  });
});
