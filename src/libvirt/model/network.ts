import { parseXml, type XmlElement } from './element.ts';
import { readInteger } from './storageSource.ts';

/** Addresses that are given to whoever asks. */
export interface DhcpRange {
  readonly start: string;
  readonly end: string;
}

/** An address that is kept for one guest. */
export interface DhcpHost {
  /** Of IPv4; IPv6 tells guests apart by `id` or name. */
  readonly mac: string | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly ip: string | undefined;
}

export interface NetworkAddress {
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  /** Bits, where the XML has them. */
  readonly prefix: number | undefined;
  readonly netmask: string | undefined;
  readonly dhcp: boolean;
  readonly ranges: readonly DhcpRange[];
  readonly hosts: readonly DhcpHost[];
}

/** A name that the network's DNS server knows. */
export interface DnsHost {
  readonly ip: string;
  readonly names: readonly string[];
}

export interface NetworkModel {
  readonly name: string;
  readonly uuid: string;
  readonly title: string | undefined;
  /** The bridge device on the host. */
  readonly bridge: string | undefined;
  /** `nat`, `route`, `bridge`, `open` ...; undefined: isolated. */
  readonly forwardMode: string | undefined;
  readonly forwardDevice: string | undefined;
  /** The host interfaces that guests are attached to directly. */
  readonly forwardInterfaces: readonly string[];
  readonly mac: string | undefined;
  readonly mtu: number | undefined;
  /** The DNS domain of its guests. */
  readonly dnsDomain: string | undefined;
  /** In the order of the `<ip>` elements, which an update counts. */
  readonly addresses: readonly NetworkAddress[];
  readonly dnsHosts: readonly DnsHost[];
  readonly portgroups: readonly string[];
}

/** Reads what `getNetworkXml()` gives. */
export async function parseNetwork(xml: string): Promise<NetworkModel> {
  const network = await parseXml(xml);
  const forward = network.child('forward');
  return {
    name: network.textOf('name') ?? '',
    uuid: network.textOf('uuid') ?? '',
    title: network.textOf('title'),
    bridge: network.child('bridge')?.attribute('name'),
    // libvirt's default, where <forward> is there without a mode.
    forwardMode: forward && (forward.attribute('mode') ?? 'nat'),
    forwardDevice: forward?.attribute('dev'),
    forwardInterfaces: (forward?.children('interface') ?? []).flatMap((one) => one.attribute('dev') ?? []),
    mac: network.child('mac')?.attribute('address'),
    mtu: readInteger(network.child('mtu')?.attribute('size')),
    dnsDomain: network.child('domain')?.attribute('name'),
    addresses: network.children('ip').map(readAddress),
    dnsHosts: (network.child('dns')?.children('host') ?? []).map(readDnsHost),
    portgroups: network.children('portgroup').flatMap((group) => group.attribute('name') ?? []),
  };
}

function readAddress(ip: XmlElement): NetworkAddress {
  const address = ip.attribute('address') ?? '';
  const dhcp = ip.child('dhcp');
  return {
    family: ip.attribute('family') === 'ipv6' || address.includes(':') ? 'ipv6' : 'ipv4',
    address,
    prefix: readInteger(ip.attribute('prefix')),
    netmask: ip.attribute('netmask'),
    dhcp: dhcp !== undefined,
    ranges: (dhcp?.children('range') ?? []).map((range) => ({
      start: range.attribute('start') ?? '',
      end: range.attribute('end') ?? '',
    })),
    hosts: (dhcp?.children('host') ?? []).map((host) => ({
      mac: host.attribute('mac'),
      id: host.attribute('id'),
      name: host.attribute('name'),
      ip: host.attribute('ip'),
    })),
  };
}

function readDnsHost(host: XmlElement): DnsHost {
  return { ip: host.attribute('ip') ?? '', names: host.children('hostname').map(({ text }) => text) };
}

/** A running domain's interface in a network. */
export interface NetworkPort {
  /** The domain's. */
  readonly owner: { readonly name: string; readonly uuid: string };
  readonly mac: string | undefined;
}

/** Reads what `getNetworkPortXml()` gives. */
export async function parseNetworkPort(xml: string): Promise<NetworkPort> {
  const port = await parseXml(xml);
  const owner = port.child('owner');
  return {
    owner: { name: owner?.textOf('name') ?? '', uuid: owner?.textOf('uuid') ?? '' },
    mac: port.child('mac')?.attribute('address'),
  };
}
