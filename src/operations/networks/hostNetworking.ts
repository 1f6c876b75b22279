import { parseIp, parseSubnet, subnetOf } from '../../base/ipAddresses.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Command, Transport } from '../../transport/transport.ts';
import type { UsedSubnet } from './subnets.ts';

/** An interface of the host that guests can be attached to. */
export interface HostInterface {
  readonly name: string;
  /** `device`: a network card, or what stands for one (bond, VLAN). */
  readonly kind: 'bridge' | 'openvswitch' | 'device';
  readonly isUp: boolean;
  /** The bridge or bond that it is a part of. */
  readonly partOf: string | undefined;
}

export interface HostNetworking {
  readonly interfaces: readonly HostInterface[];
  /** Where the host itself reaches addresses, without the default route. */
  readonly subnets: readonly UsedSubnet[];
}

const timeoutMs = 10_000;
/** No interface that guests are attached to: taps of guests and containers, loopback. */
const notOffered = new Set([
  'tun',
  'macvtap',
  'dummy',
  'wireguard',
  'ipip',
  'sit',
  'gre',
  'vxlan',
  'ifb',
  'nlmon',
]);

/** What the host's `ip` tells; undefined where there is none that writes JSON (iproute2 before 4.14, BusyBox). */
export async function readHostNetworking(
  transport: Transport,
  { signal }: WaitOptions = {},
): Promise<HostNetworking | undefined> {
  const read = async (...args: string[]): Promise<string | undefined> => {
    const command: Command = ['ip', '-json', ...args];
    const { exitCode, stdout } = await transport.exec(command, { signal, timeoutMs });
    return exitCode === 0 ? stdout.toString() : undefined;
  };
  const [links, routes, routes6] = await Promise.all([
    read('-details', 'link', 'show'),
    read('-4', 'route', 'show', 'table', 'all'),
    read('-6', 'route', 'show', 'table', 'all'),
  ]);
  if (links === undefined || routes === undefined) return undefined;
  return parseHostNetworking(links, [routes, routes6 ?? '']);
}

export function parseHostNetworking(links: string, routes: readonly string[]): HostNetworking {
  return {
    interfaces: objectsIn(links).flatMap(interfaceOf),
    subnets: routes.flatMap(objectsIn).flatMap(routeOf),
  };
}

/** What `ip` writes of a link or a route, as far as it is read; each may be missing or of another type. */
interface Fields {
  readonly ifname?: unknown;
  readonly link_type?: unknown;
  readonly linkinfo?: { readonly info_kind?: unknown };
  readonly master?: unknown;
  readonly flags?: unknown;
  readonly dst?: unknown;
  readonly dev?: unknown;
  readonly type?: unknown;
  readonly protocol?: unknown;
}

function objectsIn(json: string): readonly Fields[] {
  const parsed: unknown = json.trim() === '' ? [] : JSON.parse(json);
  return Array.isArray(parsed) ? parsed.filter(isObject) : [];
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function interfaceOf(link: Fields): readonly HostInterface[] {
  const name = text(link.ifname);
  if (name === undefined || link.link_type !== 'ether') return [];
  const info = text(link.linkinfo?.info_kind);
  if (info !== undefined && notOffered.has(info)) return [];
  const kind = info === 'bridge' || info === 'openvswitch' ? info : 'device';
  const partOf = text(link.master);
  // What is plugged into an Open vSwitch bridge has "ovs-system" as its master, which is not to be used itself.
  if (name === 'ovs-system') return [];
  const flags = Array.isArray(link.flags) ? link.flags : [];
  return [{ name, kind, isUp: flags.includes('UP'), partOf }];
}

/** Unicast routes but the default ones; `isFirm` those to what the host is directly in. */
function routeOf(route: Fields): readonly UsedSubnet[] {
  const [destination, device] = [text(route.dst), text(route.dev)];
  const type = text(route.type) ?? 'unicast';
  if (destination === undefined || type === 'multicast' || type === 'broadcast' || type === 'anycast')
    return [];
  const ip = parseIp(destination);
  const subnet = ip ? subnetOf(ip, ip.family === 4 ? 32 : 128) : parseSubnet(destination);
  if (!subnet || ('prefix' in subnet && subnet.prefix === 0) || isLinkLocal(destination)) return [];
  const isFirm = type === 'local' || route.protocol === 'kernel';
  return [{ subnet, by: device ?? destination, isFirm }];
}

/** Every interface has these. */
function isLinkLocal(destination: string): boolean {
  return destination.startsWith('fe80:') || destination.startsWith('ff00:');
}
