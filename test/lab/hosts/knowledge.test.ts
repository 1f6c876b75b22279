import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TimeoutError } from '../../../src/base/errors.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { HostKnowledgeIndex } from '../../../src/hosts/knowledge/hostKnowledgeIndex.ts';
import { KnowledgeOfHosts } from '../../../src/hosts/knowledge/otherHosts.ts';
import type { LibvirtEvent } from '../../../src/libvirt/protocol/events.ts';
import { listPools, startPool } from '../../../src/libvirt/storagePools.ts';
import { domainCapabilitiesFor } from '../../../src/rules/domainKind.ts';
import type { HostKnowledge, KnownDomain, KnownSecret } from '../../../src/rules/hostKnowledge.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { defineDomains } from '../../../tools/lab/load.ts';
import { labSession, until } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

describe('what is known of a host', function () {
  this.timeout(60_000);
  let host: LabHost;
  let session: HostSession;
  let knowledge: HostKnowledgeIndex;
  const sessions: HostSession[] = [];

  const connect = async (uri = 'qemu+ssh://kvm1/system'): Promise<HostSession> => {
    const opened = await labSession(await sharedLab(), uri);
    sessions.push(opened);
    await opened.connect();
    return opened;
  };
  const current = (): HostKnowledge => {
    assert.ok(knowledge.current);
    return knowledge.current;
  };
  const knows = (what: string, isKnown: (known: HostKnowledge) => boolean): Promise<void> =>
    until(knowledge.onDidChange, () => knowledge.current !== undefined && isKnown(knowledge.current), what);
  const domain = (name: string): KnownDomain | undefined =>
    knowledge.current?.domains?.find((one) => one.name === name);
  const secret = (uuid: string): KnownSecret | undefined =>
    knowledge.current?.secrets.find((one) => one.uuid === uuid);
  const define = async (kind: string, name: string, xml: string): Promise<void> => {
    await host.exec(['sh', '-c', `cat > /root/${name}.xml`], { input: xml });
    await host.virsh(kind, `/root/${name}.xml`);
  };
  const lines = async (...command: string[]): Promise<string[]> =>
    (await host.virsh(...command)).split('\n').filter((line) => line.trim() !== '');

  before(async () => {
    host = (await sharedLab()).host('kvm1');
    session = await connect();
    ({ knowledge } = session.require());
    knowledge.want();
    await knows('everything is read', (known) =>
      Object.entries(known).every(([part, value]) => part === 'otherHosts' || value !== undefined),
    );
    await knows('the volumes of the RBD pool are listed', ({ listedPools }) => listedPools?.size === 1);
  });

  after(() => {
    for (const one of sessions) one.dispose();
  });

  it('is nothing before somebody asks, and only pools and secrets when only these are asked for', async () => {
    const other = await connect();
    const { knowledge: fresh, inventory } = other.require();
    await until(inventory.onDidChange, () => inventory.secrets.status.kind === 'loaded', 'secrets are there');
    assert.equal(fresh.current, undefined);
    const basics = await fresh.basics();
    assert.deepEqual(
      basics?.rbdPools.map(({ name, cephPool, auth }) => [name, cephPool, auth?.username]),
      [['rbd-pool', 'libvirt-pool', 'libvirt']],
    );
    assert.deepEqual(
      [basics.secrets.map(({ uuid, hasValue }) => [uuid, hasValue]), basics.domains, basics.volumes],
      [[[secretUuid, undefined]], undefined, undefined],
    );
    assert.equal(await fresh.basics(), fresh.current);
    other.dispose();
    assert.equal(await fresh.basics(), basics);
  });

  it('is what virsh tells', async () => {
    const { pools, networks, domains, guests, bridges, nwfilters, libvirtVersion } = current();
    const names = (objects: readonly { readonly name: string }[] | undefined): readonly string[] =>
      (objects ?? []).map(({ name }) => name).sort();
    assert.deepEqual(names(pools), (await lines('pool-list', '--all', '--name')).map((l) => l.trim()).sort());
    assert.deepEqual(
      names(networks),
      (await lines('net-list', '--all', '--name')).map((l) => l.trim()).sort(),
    );
    assert.deepEqual(names(domains), (await lines('list', '--all', '--name')).sort());
    assert.deepEqual(pools?.map(({ name, type, isActive }) => [name, type, isActive]).sort(), [
      ['images', 'dir', true],
      ['rbd-pool', 'rbd', true],
    ]);
    for (const { name, macs, disks } of domains ?? []) {
      const targets = (await lines('domblklist', '--inactive', name)).map((l) => l.trim().split(/\s+/)[0]);
      assert.deepEqual(
        disks.map(({ target }) => target),
        targets,
      );
      const cards = (await lines('domiflist', '--inactive', name)).map((l) => l.trim().split(/\s+/).at(-1));
      assert.deepEqual(macs, cards);
    }
    assert.equal(domain('web1')?.isActive, true);
    assert.deepEqual(networks?.map(({ name, bridge }) => [name, bridge]).sort(), [
      ['default', 'virbr0'],
      ['storage', 'br-storage'],
    ]);
    assert.deepEqual(bridges, ['virbr0']);
    assert.deepEqual(nwfilters?.length, (await lines('--quiet', 'nwfilter-list')).length);
    const x86 = guests?.find(({ architecture }) => architecture === 'x86_64');
    const capabilities = await host.virsh('capabilities');
    assert.ok(x86);
    assert.ok(x86.machines.includes('q35'));
    assert.ok(capabilities.includes(`<machine canonical='${x86.aliases.get('q35')}' maxCpus='288'>q35<`));
    const [, major] = /Using library: libvirt (\d+)/.exec(await host.virsh('version')) ?? [];
    assert.equal(Math.trunc((libvirtVersion ?? 0) / 1_000_000), Number(major));
  });

  it('has the volumes of RBD pools, of others once a document names them', async () => {
    assert.deepEqual([...(current().listedPools ?? [])], ['rbd-pool']);
    assert.ok(current().volumes?.some(({ path }) => path === 'libvirt-pool/web1'));
    knowledge.want({ pools: ['images', 'no such pool'] });
    await knows('its volumes are listed', ({ listedPools }) => listedPools?.has('images') === true);
    assert.ok(current().volumes?.some(({ path }) => path === '/var/lib/libvirt/images/installer.iso'));
    await host.virsh('vol-create-as', 'images', 'new.raw', '1M');
    await host.virsh('pool-refresh', 'images');
    await knows(
      'the new volume is there',
      ({ volumes }) => volumes?.some(({ name }) => name === 'new.raw') === true,
    );
    await host.virsh('pool-destroy', 'images');
    await knows('an inactive pool has none', ({ listedPools }) => listedPools?.has('images') === false);
    await host.virsh('pool-start', 'images');
    await knows('they are listed again', ({ listedPools }) => listedPools?.has('images') === true);
    await host.virsh('vol-delete', 'new.raw', '--pool', 'images');
  });

  it('is the same object as long as nothing that it tells changes', async () => {
    const before = current();
    const seen: LibvirtEvent[] = [];
    const { connection } = session.require();
    const listener = connection.onEvent((event) => seen.push(event));
    const isRetitled = (): boolean => seen.some(({ kind }) => kind === 'metadataChange');
    await host.virsh('desc', 'cache1', '--config', '--title', 'A title that nobody asks for');
    await until(connection.onEvent, isRetitled, 'the title has changed');
    knowledge.want({ pools: ['images'] });
    await host.virsh('net-destroy', 'default');
    await knows('a network has changed', (known) => known !== before);
    const { networks, ...others } = current();
    assert.notEqual(networks, before.networks);
    for (const [part, value] of Object.entries(others)) {
      assert.equal(value, new Map<string, unknown>(Object.entries(before)).get(part), part);
    }
    await host.virsh('net-start', 'default');
    listener.dispose();
  });

  it('follows domains that are defined, changed and undefined', async () => {
    const xml = await host.virsh('dumpxml', '--inactive', 'web1');
    const copy = xml
      .replace('<name>web1</name>', '<name>copy1</name>')
      .replace(/<uuid>.*<\/uuid>/, '')
      .replace(/<mac address='.*'\/>/, "<mac address='52:54:00:AA:BB:CC'/>");
    await define('define', 'copy1', copy);
    await knows('copy1 is there', () => domain('copy1') !== undefined);
    assert.deepEqual(domain('copy1')?.macs, ['52:54:00:aa:bb:cc']);
    const web1 = domain('web1');
    const uuid = domain('copy1')?.uuid ?? '';
    await define(
      'define',
      'copy1',
      copy.replace('AA:BB:CC', 'AA:BB:DD').replace('<name>', `<uuid>${uuid}</uuid><name>`),
    );
    await knows('its MAC is another', () => domain('copy1')?.macs[0] === '52:54:00:aa:bb:dd');
    assert.deepEqual(domain('web1'), web1);
    await host.virsh('undefine', 'copy1');
    await knows('copy1 is gone', () => domain('copy1') === undefined);
  });

  it('tells of many changes in few events', async () => {
    const before = current().domains?.length ?? 0;
    let events = 0;
    const counting = knowledge.onDidChange(() => {
      events += 1;
    });
    await defineDomains(host, 100);
    await knows('all are there', ({ domains }) => domains?.length === before + 100);
    assert.ok(events < 30, `${events} events`);
    const names = (await lines('list', '--all', '--name')).filter((name) => name.startsWith('load-'));
    await host.virshBatch(names.map((name) => `undefine ${name}`));
    await knows('all are gone', ({ domains }) => domains?.length === before);
    counting.dispose();
  });

  it('follows networks', async () => {
    await define(
      'net-define',
      'lan',
      "<network><name>lan</name><bridge name='virbr7'/><portgroup name='dmz'/></network>",
    );
    const lan = () => current().networks?.find(({ name }) => name === 'lan');
    await knows('the network is there', () => lan() !== undefined);
    assert.deepEqual(
      { ...lan(), uuid: '' },
      { name: 'lan', uuid: '', isActive: false, bridge: 'virbr7', portgroups: ['dmz'] },
    );
    await host.virsh('net-undefine', 'lan');
    await knows('the network is gone', () => lan() === undefined);
  });

  it('tells whether a secret has a value, and never the value', async () => {
    assert.equal(secret(secretUuid)?.hasValue, true);
    const [empty, hidden] = [randomUUID(), randomUUID()];
    const xml = (uuid: string, isPrivate: string, usage: string): string =>
      `<secret ephemeral='no' private='${isPrivate}'><uuid>${uuid}</uuid><usage type='ceph'><name>${usage}</name></usage></secret>`;
    await define('secret-define', 'empty', xml(empty, 'no', 'empty'));
    await define('secret-define', 'hidden', xml(hidden, 'yes', 'hidden'));
    await knows('the empty one is known', () => secret(empty)?.hasValue === false);
    await host.exec(['sh', '-c', 'printf QVFBQQ== > /root/value']);
    await host.virsh('secret-set-value', empty, '--file', '/root/value');
    await knows('it has a value', () => secret(empty)?.hasValue === true);
    await host.virsh('secret-set-value', hidden, '--file', '/root/value');
    await knows('the private one is there', () => secret(hidden) !== undefined);
    assert.equal(secret(hidden)?.hasValue, undefined);
    assert.deepEqual(Object.keys(secret(empty) ?? {}).sort(), ['hasValue', 'usageId', 'usageType', 'uuid']);
    for (const uuid of [empty, hidden]) await host.virsh('secret-undefine', uuid);
    await knows('both are gone', () => !secret(empty) && !secret(hidden));
  });

  it('has the capabilities of the machines that are asked for', async () => {
    const q35 = {
      machine: 'q35',
      virtType: 'qemu',
      architecture: 'x86_64',
      emulator: '/usr/bin/qemu-system-x86_64',
    };
    const full = { ...q35, machine: current().guests?.[0]?.aliases.get('q35') };
    knowledge.want({ domainKinds: [q35, full] });
    await knows('both are read', (known) => {
      return (
        domainCapabilitiesFor(known, q35) !== undefined && domainCapabilitiesFor(known, full) !== undefined
      );
    });
    const found = domainCapabilitiesFor(current(), q35);
    assert.equal(found, domainCapabilitiesFor(current(), full));
    assert.ok(found);
    assert.equal(found.machine, full.machine);
    const xml = await host.virsh('domcapabilities', '--machine', 'q35', '--virttype', 'qemu');
    const listed = (part: string, name: string): string[] => {
      const [, values = ''] =
        new RegExp(`<${part} .*?<enum name='${name}'>(.*?)</enum>`, 's').exec(xml) ?? [];
      return [...values.matchAll(/<value>(.*?)<\/value>/g)].map(([, value = '']) => value);
    };
    assert.deepEqual(found.values.get('disk/target@bus'), listed('disk', 'bus'));
    assert.deepEqual(found.values.get('video/model@type'), listed('video', 'modelType'));
    assert.ok(!found.values.get('disk/target@bus')?.includes('ide'));
    assert.ok(domainCapabilitiesFor(current(), {})?.values.get('disk/target@bus')?.includes('ide'));
    assert.ok(found.cpuModels.usable.includes('qemu64'));
  });

  it('has libvirt run no emulator that only the document knows', async () => {
    const script = '#!/bin/sh\ntouch /tmp/it-was-run\n';
    await host.exec(['sh', '-c', 'cat > /usr/local/bin/evil && chmod 755 /usr/local/bin/evil'], {
      input: script,
    });
    const known = { architecture: 'x86_64', virtType: 'qemu', machine: 'pc', emulator: undefined };
    knowledge.want({ domainKinds: [{ emulator: '/usr/local/bin/evil' }, known] });
    await knows('the other was asked for', (now) => domainCapabilitiesFor(now, known) !== undefined);
    assert.notEqual((await host.exec(['test', '-e', '/tmp/it-was-run'])).exitCode, 0);
    assert.equal(domainCapabilitiesFor(current(), { emulator: '/usr/local/bin/evil' }), undefined);
  });

  it('finds the domains that use something', () => {
    const users = (object: Parameters<HostKnowledgeIndex['usersOf']>[0]): readonly string[] | undefined =>
      knowledge
        .usersOf(object)
        ?.map(({ name }) => name)
        .sort();
    assert.deepEqual(users({ kind: 'pool', name: 'rbd-pool' }), ['db1', 'web1']);
    assert.deepEqual(users({ kind: 'volume', pool: 'rbd-pool', name: 'web1-data' }), ['web1']);
    assert.deepEqual(users({ kind: 'pool', name: 'images' }), ['cache1']);
    assert.deepEqual(users({ kind: 'secret', uuid: secretUuid }), ['web1']);
    assert.deepEqual(users({ kind: 'network', name: 'default' }), ['db1', 'web1']);
  });

  it('has what must be the same on other hosts', async () => {
    const lab = await sharedLab();
    await lab.addHost({ name: 'kvm2' });
    const second = await connect('qemu+ssh://kvm2/system');
    const all = new KnowledgeOfHosts({
      sessions: [session, second],
      onDidChange: () => ({ dispose: () => undefined }),
    });
    const others = () => all.of(session)?.otherHosts ?? [];
    const hasChanged: typeof all.onDidChange = (listener) => all.onDidChange(listener);
    await until(hasChanged, () => others().length === 1, 'the other host is known');
    assert.deepEqual(
      others().map(({ hostName, domainUuids, secrets }) => [
        hostName,
        domainUuids.size,
        secrets.map(({ uuid }) => uuid),
      ]),
      [['kvm2', 0, [secretUuid]]],
    );
    assert.equal(all.of(session), all.of(session));
    const uuid = domain('web1')?.uuid ?? '';
    const xml = await host.virsh('dumpxml', '--inactive', 'web1');
    await lab.host('kvm2').exec(['sh', '-c', 'cat > /root/web1.xml'], { input: xml });
    await lab.host('kvm2').virsh('define', '/root/web1.xml');
    await until(hasChanged, () => others()[0]?.domainUuids.has(uuid) === true, 'web1 is there too');
    assert.equal(others()[0]?.secrets[0]?.hasValue, undefined);
    all.want(session, { domainUuid: uuid });
    await until(hasChanged, () => others()[0]?.secrets[0]?.hasValue === true, 'its secret has a value');
    second.disconnect();
    await until(hasChanged, () => others().length === 0, 'the other host is gone');
    all.dispose();
    await lab.removeHost('kvm2');
  });

  it('leaves unknown what hangs, and tells the rest', async () => {
    const lab = await sharedLab();
    await host.virsh('pool-destroy', 'rbd-pool');
    const other = await connect();
    const { knowledge: fresh, inventory } = other.require();
    const pool = (name: string) => [...inventory.pools.entries.values()].find(({ ref }) => ref.name === name);
    await until(
      inventory.onDidChange,
      () => pool('images')?.autostart === true,
      'all lists of pools are read, which would hang',
    );
    await lab.ceph.freeze();
    const starting = startPool(session.require().connection, pool('rbd-pool')?.ref ?? { name: '', uuid: '' });
    try {
      await untilPoolsHang(session);
      fresh.want({ pools: ['images'] });
      await until(
        fresh.onDidChange,
        () => fresh.current?.listedPools?.has('images') === true && fresh.current.domains !== undefined,
        'the rest is known',
      );
      assert.deepEqual(fresh.current?.pools?.map(({ name, type }) => [name, type]).sort(), [
        ['images', 'dir'],
        ['rbd-pool', undefined],
      ]);
      assert.deepEqual(fresh.current.rbdPools, []);
    } finally {
      await lab.ceph.thaw();
      await starting.catch(() => undefined);
    }
    await until(fresh.onDidChange, () => fresh.current?.rbdPools.length === 1, 'it has answered');
  });
});

/** Until libvirt lists no pools any more, as while one is being started. */
async function untilPoolsHang(session: HostSession): Promise<void> {
  const { connection } = session.require();
  for (;;) {
    try {
      await listPools(connection, 0, { timeoutMs: 500 });
    } catch (error) {
      if (error instanceof TimeoutError) return;
      throw error;
    }
    await sleep(50);
  }
}
