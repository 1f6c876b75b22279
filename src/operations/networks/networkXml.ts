import { formatIp, type Subnet } from '../../base/ipAddresses.ts';
import type { DhcpRange } from '../../libvirt/model/network.ts';
import { libvirtLayout, writeElement, type NewElement } from '../../xml/writer.ts';

/** How guests of a network that libvirt makes reach the rest of the world. */
export type RoutedMode = 'nat' | 'route' | 'isolated' | 'open';

/** A network with a bridge, addresses and a DHCP server of its own. */
export interface VirtualNetwork {
  readonly kind: RoutedMode;
  readonly name: string;
  /** The host has its first address. */
  readonly ipv4: { readonly subnet: Subnet; readonly dhcp: DhcpRange | undefined } | undefined;
  /** The host has its first address; guests choose theirs (SLAAC). */
  readonly ipv6: { readonly subnet: Subnet } | undefined;
  /** The only interface of the host that guests get out through; undefined: whichever the host's routes say. */
  readonly device?: string | undefined;
  /** The DNS domain of its guests; questions about it are not passed on. */
  readonly domain?: string | undefined;
  readonly mtu?: number | undefined;
  /** Default true. */
  readonly dns?: boolean | undefined;
}

/** A network that lets guests take part in one that the host is in. */
export interface AttachedNetwork {
  /** A bridge that the host has, or an interface that guests share by macvtap. */
  readonly kind: 'bridge' | 'openvswitch' | 'macvtap';
  readonly name: string;
  readonly device: string;
}

export type NewNetwork = VirtualNetwork | AttachedNetwork;

/** The definition. Throws an `UnwritableTextError` for a name that XML cannot hold. */
export function networkXml(network: NewNetwork): string {
  const children = 'device' in network && isAttached(network) ? attached(network) : virtual(network);
  return writeElement(
    { name: 'network', children: [{ name: 'name', text: network.name }, ...children] },
    libvirtLayout,
  );
}

function isAttached(network: NewNetwork): network is AttachedNetwork {
  return network.kind === 'bridge' || network.kind === 'openvswitch' || network.kind === 'macvtap';
}

function attached({ kind, device }: AttachedNetwork): readonly NewElement[] {
  const forward: NewElement = { name: 'forward', attributes: { mode: 'bridge' } };
  if (kind === 'macvtap') {
    return [{ ...forward, children: [{ name: 'interface', attributes: { dev: device } }] }];
  }
  return [
    forward,
    { name: 'bridge', attributes: { name: device } },
    ...(kind === 'openvswitch' ? [{ name: 'virtualport', attributes: { type: 'openvswitch' } }] : []),
  ];
}

function virtual(network: VirtualNetwork): readonly NewElement[] {
  const { mtu, domain, dns, ipv4, ipv6 } = network;
  return [
    ...forwardOf(network),
    { name: 'bridge', attributes: { stp: 'on', delay: '0' } },
    ...(mtu === undefined ? [] : [{ name: 'mtu', attributes: { size: String(mtu) } }]),
    ...(domain === undefined ? [] : [{ name: 'domain', attributes: { name: domain, localOnly: 'yes' } }]),
    ...(dns === false ? [{ name: 'dns', attributes: { enable: 'no' } }] : []),
    ...(ipv4 ? [ipElement(ipv4.subnet, ipv4.dhcp)] : []),
    ...(ipv6 ? [ipElement(ipv6.subnet, undefined)] : []),
  ];
}

/** Without `ipv6` guests of a NAT network would have addresses that nobody outside answers to. */
function forwardOf({ kind, device, ipv6 }: VirtualNetwork): readonly NewElement[] {
  if (kind === 'isolated') return [];
  const nat: readonly NewElement[] =
    kind === 'nat' && ipv6 ? [{ name: 'nat', attributes: { ipv6: 'yes' } }] : [];
  return [{ name: 'forward', attributes: { mode: kind, dev: device }, children: nat }];
}

function ipElement(subnet: Subnet & { readonly prefix?: number }, dhcp: DhcpRange | undefined): NewElement {
  const { family, first } = subnet;
  return {
    name: 'ip',
    attributes: {
      family: family === 6 ? 'ipv6' : undefined,
      address: formatIp({ family, number: first + 1n }),
      prefix: String(prefixOf(subnet)),
    },
    children: dhcp
      ? [{ name: 'dhcp', children: [{ name: 'range', attributes: { start: dhcp.start, end: dhcp.end } }] }]
      : [],
  };
}

function prefixOf({ family, first, last }: Subnet): number {
  const hostBits = (last - first).toString(2).length;
  return (family === 4 ? 32 : 128) - (last === first ? 0 : hostBits);
}
