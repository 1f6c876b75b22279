import { isIPv4, isIPv6 } from 'node:net';

/** An address as a number. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly number: bigint;
}

/** undefined when it is no address; a zone behind % is none of libvirt's. */
export function parseIp(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { family: 4, number: numberOf(text.split('.'), 10, 8n) };
  if (!isIPv6(text) || text.includes('%')) return undefined;
  return { family: 6, number: numberOf(groupsOf(text), 16, 16n) };
}

/** The eight groups of an IPv6 address, with those that :: stands for, and an IPv4 address at the end as two. */
function groupsOf(text: string): readonly string[] {
  const v4 = /[0-9]+\.[0-9.]+$/.exec(text)?.[0];
  const hex = v4 === undefined ? text : text.slice(0, -v4.length) + hexOf(v4);
  const [before = '', after] = hex.split('::');
  const left = before === '' ? [] : before.split(':');
  if (after === undefined) return left;
  const right = after === '' ? [] : after.split(':');
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
}

function hexOf(v4: string): string {
  const number = numberOf(v4.split('.'), 10, 8n);
  return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
}

function numberOf(parts: readonly string[], radix: number, bits: bigint): bigint {
  return parts.reduce((number, part) => (number << bits) | BigInt(Number.parseInt(part, radix)), 0n);
}

/** As people write it: IPv6 in its shortest form. */
export function formatIp({ family, number }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((number >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  const [zeros] = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort(
    (a, b) => b[0].length - a[0].length,
  );
  if (!zeros) return groups.join(':');
  const text = groups.join(':');
  return `${text.slice(0, zeros.index)}::${text.slice(zeros.index + zeros[0].length).replace(/^:/, '')}`;
}

/** A network of addresses: the first and the last of them. */
export interface Subnet {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** `192.168.100.0/24`, also when the address is one within it; undefined when it is no subnet. */
export function parseSubnet(text: string): (Subnet & { readonly prefix: number }) | undefined {
  const [, address = '', bits] = /^([^/]*)\/([0-9]{1,3})$/.exec(text.trim()) ?? [];
  const ip = parseIp(address);
  const subnet = ip && subnetOf(ip, Number(bits));
  return subnet && { ...subnet, prefix: Number(bits) };
}

export function subnetOf({ family, number }: IpAddress, prefix: number): Subnet | undefined {
  const length = family === 4 ? 32 : 128;
  if (prefix < 0 || prefix > length) return undefined;
  const host = (1n << BigInt(length - prefix)) - 1n;
  const first = number - (number & host);
  return { family, first, last: first + host };
}

/** The length of the prefix that a netmask stands for; undefined when it is none. */
export function prefixOfNetmask(netmask: string): number | undefined {
  const mask = parseIp(netmask);
  if (mask?.family !== 4) return undefined;
  const bits = mask.number.toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : undefined;
}

export function isWithin({ family, number }: IpAddress, subnet: Subnet): boolean {
  return family === subnet.family && number >= subnet.first && number <= subnet.last;
}

export function overlap(a: Subnet, b: Subnet): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}
