import { randomBytes } from 'node:crypto';
import {
  formatIp,
  isWithin,
  overlap,
  parseIp,
  parseSubnet,
  prefixOfNetmask,
  subnetOf,
  type Subnet,
} from '../../base/ipAddresses.ts';
import { t } from '../../base/l10n.ts';
import type { DhcpRange, NetworkAddress, NetworkModel } from '../../libvirt/model/network.ts';

/** Addresses that are taken already. */
export interface UsedSubnet {
  readonly subnet: Subnet;
  /** For people: `the network default`, `eth0`. */
  readonly by: string;
  /** Whether a network of these addresses would not start, or cut off what is there. */
  readonly isFirm: boolean;
}

/** The subnet of an `<ip>`; undefined when it has none that can be read. */
export function subnetOfAddress({ address, prefix, netmask }: NetworkAddress): Subnet | undefined {
  const ip = parseIp(address);
  const bits = prefix ?? (netmask === undefined ? undefined : prefixOfNetmask(netmask));
  return ip && bits !== undefined ? subnetOf(ip, bits) : undefined;
}

/** What libvirt's own networks use, running or not. */
export function subnetsOfNetworks(networks: readonly NetworkModel[]): readonly UsedSubnet[] {
  return networks.flatMap(({ name, addresses }) =>
    addresses.flatMap((address) => {
      const subnet = subnetOfAddress(address);
      return subnet ? [{ subnet, by: t('the network {0}', name), isFirm: true }] : [];
    }),
  );
}

/** What of `used` has addresses in common with the subnet, firm ones first. */
export function conflictsOf(subnet: Subnet, used: readonly UsedSubnet[]): readonly UsedSubnet[] {
  return used
    .filter((other) => overlap(subnet, other.subnet))
    .sort((a, b) => Number(b.isFirm) - Number(a.isFirm));
}

/** A private IPv4 /24 that nothing of `used` overlaps, near those that people know from libvirt. */
export function proposeSubnet(used: readonly UsedSubnet[]): string {
  const thirds = [...numbers(100, 254), ...numbers(1, 99)];
  const candidates = [
    ...thirds.map((third) => `192.168.${third}.0/24`),
    ...thirds.map((third) => `10.${third}.0.0/24`),
  ];
  const isFree = (text: string): boolean => {
    const subnet = parseSubnet(text);
    return subnet !== undefined && conflictsOf(subnet, used).length === 0;
  };
  return candidates.find(isFree) ?? '';
}

/** A random IPv6 /64 of one's own (RFC 4193). */
export function proposeIpv6Subnet(random: Uint8Array = randomBytes(5)): string {
  const prefix = BigInt(`0xfd${Buffer.from(random).toString('hex')}`) << 80n;
  return `${formatIp({ family: 6, number: prefix })}/64`;
}

/** All that guests can be given: the host has the first address. undefined when there is no room. */
export function wholeRange(subnet: Subnet): DhcpRange | undefined {
  return rangeBetween(subnet, subnet.first + 2n, subnet.last - 1n);
}

/** The upper half, so that addresses below it can be given by hand; undefined when there is no room. */
export function upperRange(subnet: Subnet): DhcpRange | undefined {
  return rangeBetween(subnet, subnet.first + (subnet.last - subnet.first + 1n) / 2n, subnet.last - 1n);
}

function rangeBetween({ family, first }: Subnet, start: bigint, end: bigint): DhcpRange | undefined {
  if (start > end || start <= first + 1n) return undefined;
  return { start: formatIp({ family, number: start }), end: formatIp({ family, number: end }) };
}

/** `192.168.100.50 - 192.168.100.99`; undefined when it is not two addresses. */
export function parseRange(text: string): DhcpRange | undefined {
  const [start = '', end = '', ...rest] = text.split('-').map((part) => part.trim());
  return rest.length === 0 && parseIp(start) && parseIp(end) ? { start, end } : undefined;
}

/** Why guests of the subnet cannot be given these addresses; undefined when they can. */
export function rangeFault(range: DhcpRange, subnet: Subnet, gateway?: bigint): string | undefined {
  const [start, end] = [parseIp(range.start), parseIp(range.end)];
  if (!start || !end) return t('Two addresses, such as 192.168.100.50 - 192.168.100.99.');
  const outside = [start, end].find((ip) => !isWithin(ip, subnet));
  if (outside) return t('{0} is not in the subnet.', formatIp(outside));
  if (start.number > end.number) return t('The first address is above the last one.');
  if (subnet.family === 6) return undefined;
  if (start.number === subnet.first) return t('{0} stands for the subnet itself.', range.start);
  if (end.number === subnet.last) return t('{0} is the broadcast address.', range.end);
  const own = gateway ?? subnet.first + 1n;
  return start.number <= own && own <= end.number
    ? t('{0} is the address of the host.', formatIp({ family: 4, number: own }))
    : undefined;
}

function numbers(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
