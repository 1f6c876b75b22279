import assert from 'node:assert/strict';
import { parseSubnet } from '../../../src/base/ipAddresses.ts';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { listDomains } from '../../../src/libvirt/domains.ts';
import { parseNetwork, type NetworkModel } from '../../../src/libvirt/model/network.ts';
import {
  getNetworkXml,
  listDhcpLeases,
  lookupNetworkByName,
  startNetwork,
  stopNetwork,
  undefineNetwork,
} from '../../../src/libvirt/networks.ts';
import { ListDomains } from '../../../src/libvirt/protocol/domainFlags.ts';
import type { NetworkRef } from '../../../src/libvirt/protocol/refs.ts';
import {
  addDnsHost,
  releaseAddress,
  removeDnsHost,
  reserveAddress,
  setDhcpRanges,
} from '../../../src/operations/networks/addressChanges.ts';
import { changeNetwork, type PlannedChange } from '../../../src/operations/networks/changeNetwork.ts';
import { createNetwork, type NetworkHost } from '../../../src/operations/networks/createNetwork.ts';
import { readHostNetworking } from '../../../src/operations/networks/hostNetworking.ts';
import { networkClients } from '../../../src/operations/networks/networkClients.ts';
import { networkXml, type VirtualNetwork } from '../../../src/operations/networks/networkXml.ts';
import { listPluggedIn } from '../../../src/operations/networks/pluggedIn.ts';
import { reconnectDomains, restartNetwork } from '../../../src/operations/networks/restartNetwork.ts';
import { conflictsOf, proposeSubnet, subnetsOfNetworks } from '../../../src/operations/networks/subnets.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { connectTo } from '../libvirt/labConnection.ts';
import { eventually } from '../support/eventually.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

describe('networks of a real host', function () {
  this.timeout(60_000);
  let kvm1: LabHost;
  let connection: LibvirtConnection;
  let host: NetworkHost;

  before(async () => {
    kvm1 = (await sharedLab()).host('kvm1');
    connection = await connectTo(kvm1);
    host = { name: 'kvm1', connection };
  });

  after(() => {
    connection.dispose();
  });

  const model = async (ref: NetworkRef, inactive = false): Promise<NetworkModel> =>
    parseNetwork(await getNetworkXml(connection, ref, { inactive }));
  const spec = (more: Partial<VirtualNetwork> = {}): VirtualNetwork => ({
    ...{ kind: 'nat', name: 'lan', ipv6: undefined },
    ipv4: {
      subnet: parseSubnet('192.168.200.0/24')!,
      dhcp: { start: '192.168.200.100', end: '192.168.200.199' },
    },
    ...more,
  });
  const create = (network: VirtualNetwork, start = true): Promise<NetworkRef> =>
    createNetwork(host, { name: network.name, xml: networkXml(network) }, { start, autostart: true });

  describe('a new one', () => {
    it('is proposed addresses that neither networks nor the host have', async () => {
      const session = await labSession(await sharedLab(), 'qemu+ssh://kvm1/system');
      try {
        const known = await readHostNetworking((await session.connect()).transport);
        assert.ok(known);
        assert.deepEqual(
          known.interfaces
            .filter(({ name }) => ['eth0', 'virbr0'].includes(name))
            .map(({ name, kind }) => [name, kind]),
          [
            ['eth0', 'device'],
            ['virbr0', 'bridge'],
          ],
        );
        const own = subnetsOfNetworks([await model(await lookupNetworkByName(connection, 'default'))]);
        const used = [...own, ...known.subnets];
        const names = conflictsOf(parseSubnet('192.168.122.0/24')!, used).map(({ by }) => by);
        assert.deepEqual([...new Set(names)], ['the network default', 'virbr0']);
        assert.equal(conflictsOf(parseSubnet('10.10.0.0/24')!, used)[0]?.by, 'eth0');
        assert.equal(proposeSubnet(used), '192.168.100.0/24');
      } finally {
        session.dispose();
      }
    });

    for (const [what, network] of [
      [
        'behind NAT, with IPv6, a domain, an MTU and no DNS',
        { ipv6: { subnet: parseSubnet('fd12:1::/64')! }, domain: 'lan.example', mtu: 1400, dns: false },
      ],
      ['that is routed through one device', { kind: 'route', device: 'eth0' }],
      ['that is isolated and has no addresses', { kind: 'isolated', ipv4: undefined }],
      ['without rules of a firewall', { kind: 'open' }],
    ] as const) {
      it(`${what} runs as virsh says`, async () => {
        const ref = await create(spec(network));
        try {
          const info = await kvm1.virsh('net-info', 'lan');
          assert.match(info, /Active: +yes/);
          assert.match(info, /Autostart: +yes/);
          const written = await model(ref);
          assert.equal(
            written.forwardMode,
            'kind' in network && network.kind === 'isolated'
              ? undefined
              : 'kind' in network
                ? network.kind
                : 'nat',
          );
        } finally {
          await stopNetwork(connection, ref);
          await undefineNetwork(connection, ref);
        }
      });
    }

    it('of a hostile name is that, and another of the same name is refused', async () => {
      const name = `-x 'y' "z" $(id) <&> 名`;
      const ref = await create(spec({ name }), false);
      try {
        assert.equal(ref.name, name);
        await assert.rejects(create(spec({ name })), { code: 'name-taken' });
      } finally {
        await undefineNetwork(connection, ref);
      }
    });

    it('of addresses that are taken is defined, and says why it did not start', async () => {
      const network = spec({ ipv4: { subnet: parseSubnet('192.168.122.0/24')!, dhcp: undefined } });
      await assert.rejects(create(network), (error: Error) => {
        assert.match(error.message, /lan is defined\. .*addresses are those of virbr0/);
        return true;
      });
      await undefineNetwork(connection, await lookupNetworkByName(connection, 'lan'));
    });
  });

  describe('one that runs', () => {
    let ref: NetworkRef;

    before(async () => {
      ref = await create(spec());
    });

    after(async () => {
      await stopNetwork(connection, ref);
      await undefineNetwork(connection, ref);
    });

    const change = (planned: PlannedChange): Promise<void> =>
      changeNetwork(host, { ref, active: true, persistent: true }, planned);
    const both = async <T>(read: (network: NetworkModel) => T): Promise<readonly [T, T]> => [
      read(await model(ref)),
      read(await model(ref, true)),
    ];
    const dhcpHost = (ip: string, mac: string, name: string) => ({ ip, mac, name, id: undefined });

    it('keeps addresses for guests, at once and for good; dnsmasq knows', async () => {
      const web = dhcpHost('192.168.200.10', '52:54:00:aa:00:01', 'web');
      await change(reserveAddress(web));
      await change(reserveAddress(web));
      const entries = await both(({ addresses }) => addresses[0]?.hosts);
      assert.deepEqual(entries, [[web], [web]]);
      assert.match(
        await kvm1.machine.readFile('/var/lib/libvirt/dnsmasq/lan.hostsfile'),
        /52:54:00:aa:00:01,192\.168\.200\.10,web/,
      );

      await change(reserveAddress({ ...web, ip: '192.168.200.11' }));
      assert.deepEqual((await both(({ addresses }) => addresses[0]?.hosts.map(({ ip }) => ip)))[1], [
        '192.168.200.11',
      ]);
      await assert.rejects(change(reserveAddress(dhcpHost('192.168.200.11', '52:54:00:aa:00:02', 'db'))), {
        code: 'not-possible',
      });
      await assert.rejects(change(reserveAddress(dhcpHost('10.9.9.9', '52:54:00:aa:00:02', 'db'))), {
        code: 'not-possible',
      });
      await change(releaseAddress({ ...web, ip: '192.168.200.11' }));
      assert.deepEqual(await both(({ addresses }) => addresses[0]?.hosts), [[], []]);
    });

    it('gives out other addresses without a restart', async () => {
      const ranges = [
        { start: '192.168.200.50', end: '192.168.200.59' },
        { start: '192.168.200.100', end: '192.168.200.149' },
      ];
      await change(setDhcpRanges('192.168.200.1', ranges));
      const starts = await both(({ addresses }) => addresses[0]?.ranges.map(({ start }) => start).sort());
      assert.deepEqual(starts, [
        ['192.168.200.100', '192.168.200.50'],
        ['192.168.200.100', '192.168.200.50'],
      ]);
      assert.match(
        await kvm1.machine.readFile('/var/lib/libvirt/dnsmasq/lan.conf'),
        /dhcp-range=192\.168\.200\.50,192\.168\.200\.59/,
      );
      await change(setDhcpRanges('192.168.200.1', []));
      assert.deepEqual(await both(({ addresses }) => addresses[0]?.ranges), [[], []]);
      await change(setDhcpRanges('192.168.200.1', ranges.slice(1)));
    });

    it('knows names', async () => {
      const names = { ip: '192.168.200.7', names: ['printer', 'printer.lan'] };
      await change(addDnsHost(names));
      assert.deepEqual(await both(({ dnsHosts }) => dnsHosts), [[names], [names]]);
      await change(removeDnsHost(names));
      assert.deepEqual(await both(({ dnsHosts }) => dnsHosts), [[], []]);
    });

    it('is changed by what it is, where the definition differs', async () => {
      const db = dhcpHost('192.168.200.20', '52:54:00:aa:00:03', 'db');
      const entry = `<host mac='${db.mac}' name='${db.name}' ip='${db.ip}'/>`;
      await kvm1.virsh('net-update', 'lan', 'add', 'ip-dhcp-host', entry, '--live');
      await change(reserveAddress(db));
      assert.deepEqual(await both(({ addresses }) => addresses[0]?.hosts), [[db], [db]]);
      await kvm1.virsh('net-update', 'lan', 'delete', 'ip-dhcp-host', entry, '--config');
      await change(releaseAddress(db));
      assert.deepEqual(await both(({ addresses }) => addresses[0]?.hosts), [[], []]);
    });
  });

  describe('one that guests are in', () => {
    let network: NetworkRef;
    const plugged = async (): Promise<readonly (string | undefined)[]> =>
      ((await listPluggedIn(host, network)) ?? []).map(({ owner }) => owner.name);
    const onBridge = async (): Promise<boolean> =>
      /vnet\d+.* master virbr0/.test(await kvm1.run(['bridge', 'link', 'show']));

    before(async () => {
      network = await lookupNetworkByName(connection, 'default');
    });

    it('tells who has which address, as virsh does', async () => {
      const client = await eventually('web1 has an address', async () => {
        const clients = networkClients(await listDhcpLeases(connection, network), await model(network));
        return clients.find(({ hostname }) => hostname === 'web1');
      });
      const line = (await kvm1.virsh('net-dhcp-leases', 'default'))
        .split('\n')
        .find((one) => one.includes('web1'));
      assert.ok(line?.includes(`${client.ip}/24`) && line.includes(client.mac ?? '?'));
      assert.ok(client.leaseEnds !== undefined && client.leaseEnds > Date.now() / 1000);
      assert.equal(client.reservation, undefined);
      assert.deepEqual(await plugged(), ['web1']);
    });

    it('takes them along when it is restarted', async () => {
      assert.equal(await onBridge(), true);
      const count = await restartNetwork(host, network, await listDomains(connection, ListDomains.running));
      assert.equal(count, 1);
      assert.equal(await onBridge(), true);
      assert.deepEqual(await plugged(), ['web1']);
      assert.match(await kvm1.virsh('domiflist', 'web1'), /vnet\d+ +network +default/);
    });

    it('gets them back after somebody else has restarted it', async () => {
      await stopNetwork(connection, network);
      await startNetwork(connection, network);
      assert.equal(await onBridge(), false);
      assert.equal(
        await reconnectDomains(host, network, await listDomains(connection, ListDomains.running)),
        1,
      );
      assert.equal(await onBridge(), true);
      assert.equal(
        await reconnectDomains(host, network, await listDomains(connection, ListDomains.running)),
        0,
      );
    });
  });
});
