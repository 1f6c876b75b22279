import assert from 'node:assert/strict';
import { parseSubnet } from '../../../../src/base/ipAddresses.ts';
import { parseNetwork } from '../../../../src/libvirt/model/network.ts';
import { parseHostNetworking } from '../../../../src/operations/networks/hostNetworking.ts';
import {
  conflictsOf,
  parseRange,
  proposeIpv6Subnet,
  proposeSubnet,
  rangeFault,
  subnetsOfNetworks,
  upperRange,
  wholeRange,
  type UsedSubnet,
} from '../../../../src/operations/networks/subnets.ts';

const used = (text: string, isFirm = true): UsedSubnet => ({ subnet: parseSubnet(text)!, by: text, isFirm });

describe('a subnet for a new network', () => {
  it('is one that nothing overlaps', () => {
    assert.equal(proposeSubnet([]), '192.168.100.0/24');
    assert.equal(proposeSubnet([used('192.168.100.128/25'), used('192.168.101.1/32')]), '192.168.102.0/24');
    assert.equal(proposeSubnet([used('192.168.0.0/16')]), '10.100.0.0/24');
    assert.equal(proposeSubnet([used('0.0.0.0/0')]), '');
  });

  it('conflicts with networks of the host, whether they write a netmask or a prefix', async () => {
    const networks = await Promise.all(
      [
        `<network><name>a</name><ip address='10.1.0.1' netmask='255.255.0.0'/></network>`,
        `<network><name>b</name><ip family='ipv6' address='fd00::1' prefix='64'/><ip address='x'/></network>`,
      ].map(parseNetwork),
    );
    const all = [used('10.0.0.0/8', false), ...subnetsOfNetworks(networks)];
    const conflicts = conflictsOf(parseSubnet('10.1.7.0/24')!, all);
    assert.deepEqual(
      conflicts.map(({ by }) => by),
      ['the network a', '10.0.0.0/8'],
    );
    assert.equal(conflictsOf(parseSubnet('fd00::/48')!, all).length, 1);
    assert.equal(conflictsOf(parseSubnet('fd01::/48')!, all).length, 0);
  });

  it('of IPv6 is a random one of one’s own', () => {
    assert.equal(proposeIpv6Subnet(Buffer.from([0x12, 0x34, 0x56, 0x78, 0x9a])), 'fd12:3456:789a::/64');
    assert.ok(parseSubnet(proposeIpv6Subnet()));
  });
});

describe('the addresses for guests', () => {
  const subnet = parseSubnet('192.168.100.0/24')!;

  it('are all but the first, which is the host’s, or the upper half', () => {
    assert.deepEqual(wholeRange(subnet), { start: '192.168.100.2', end: '192.168.100.254' });
    assert.deepEqual(upperRange(subnet), { start: '192.168.100.128', end: '192.168.100.254' });
    assert.deepEqual(wholeRange(parseSubnet('10.0.0.0/30')!), { start: '10.0.0.2', end: '10.0.0.2' });
    assert.equal(wholeRange(parseSubnet('10.0.0.0/31')!), undefined);
    assert.equal(upperRange(parseSubnet('10.0.0.0/32')!), undefined);
  });

  it('are given as first and last', () => {
    assert.deepEqual(parseRange(' 10.0.0.5 -10.0.0.9'), { start: '10.0.0.5', end: '10.0.0.9' });
    assert.equal(parseRange('10.0.0.5'), undefined);
    assert.equal(parseRange('10.0.0.5-9'), undefined);
    assert.equal(parseRange('10.0.0.5-10.0.0.6-10.0.0.7'), undefined);
  });

  it('are refused with the reason', () => {
    const fault = (range: string): string | undefined => rangeFault(parseRange(range)!, subnet);
    assert.equal(fault('192.168.100.50-192.168.100.99'), undefined);
    assert.match(fault('192.168.99.50-192.168.100.99') ?? '', /192\.168\.99\.50 is not in the subnet/);
    assert.match(fault('192.168.100.99-192.168.100.50') ?? '', /above/);
    assert.match(fault('192.168.100.1-192.168.100.50') ?? '', /address of the host/);
    assert.match(fault('192.168.100.0-192.168.100.50') ?? '', /subnet itself/);
    assert.match(fault('192.168.100.50-192.168.100.255') ?? '', /broadcast/);
  });
});

describe('what the host’s ip tells', () => {
  const links = JSON.stringify([
    { ifname: 'lo', link_type: 'loopback', flags: ['UP'] },
    { ifname: 'eth0', link_type: 'ether', flags: ['UP'], master: 'br0' },
    { ifname: 'br0', link_type: 'ether', flags: ['UP'], linkinfo: { info_kind: 'bridge' } },
    { ifname: 'ovs0', link_type: 'ether', flags: [], linkinfo: { info_kind: 'openvswitch' } },
    { ifname: 'ovs-system', link_type: 'ether', flags: [], linkinfo: { info_kind: 'openvswitch' } },
    { ifname: 'bond0.7', link_type: 'ether', flags: ['UP'], linkinfo: { info_kind: 'vlan' } },
    { ifname: 'vnet0', link_type: 'ether', flags: ['UP'], linkinfo: { info_kind: 'tun' } },
    { ifname: 7, link_type: 'ether' },
    null,
  ]);

  it('are interfaces to attach guests to', () => {
    assert.deepEqual(
      parseHostNetworking(links, []).interfaces.map(({ name, kind, isUp, partOf }) => [
        name,
        kind,
        isUp,
        partOf,
      ]),
      [
        ['eth0', 'device', true, 'br0'],
        ['br0', 'bridge', true, undefined],
        ['ovs0', 'openvswitch', false, undefined],
        ['bond0.7', 'device', true, undefined],
      ],
    );
  });

  it('are addresses that it has and reaches, firm where they are its own', () => {
    const routes = [
      JSON.stringify([
        { dst: 'default', gateway: '10.10.0.1', dev: 'eth0' },
        { dst: '10.10.0.0/24', dev: 'eth0', scope: 'link', protocol: 'kernel' },
        { dst: '10.0.0.0/8', dev: 'tun0', gateway: '10.10.0.9' },
        { type: 'local', dst: '10.10.0.11', dev: 'eth0', scope: 'host' },
        { type: 'broadcast', dst: '10.10.0.255', dev: 'eth0' },
        { dst: '0.0.0.0/0', dev: 'wg0' },
      ]),
      JSON.stringify([
        { dst: 'fe80::/64', dev: 'eth0' },
        { dst: 'fd00::/64', dev: 'br0', protocol: 'kernel' },
      ]),
      '',
    ];
    assert.deepEqual(
      parseHostNetworking('[]', routes).subnets.map(({ by, isFirm }) => [by, isFirm]),
      [
        ['eth0', true],
        ['tun0', false],
        ['eth0', true],
        ['br0', true],
      ],
    );
  });
});
