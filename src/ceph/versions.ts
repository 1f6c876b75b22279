import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors } from './monitors.ts';

/** The daemons of one kind that run one version. */
export interface DaemonVersion {
  /** `mon`, `mgr`, `osd`, `mds`, `rgw` ... */
  readonly daemon: string;
  /** `16.2.15` */
  readonly version: string;
  /** `pacific`; empty where Ceph does not say. */
  readonly release: string;
  readonly count: number;
}

/** What `ceph versions` tells. */
export async function listDaemonVersions(
  client: CephClient,
  options?: WaitOptions,
): Promise<readonly DaemonVersion[]> {
  const versions = (await askMonitors(client, ['versions'], options)) as Readonly<
    Record<string, Readonly<Record<string, number>>>
  >;
  return Object.entries(versions)
    .filter(([daemon]) => daemon !== 'overall')
    .flatMap(([daemon, counts]) =>
      Object.entries(counts).map(([text, count]) => ({ daemon, ...parseCephVersion(text), count })),
    );
}

/** Reads `ceph version 16.2.15 (618f...) pacific (stable)`. */
export function parseCephVersion(text: string): Pick<DaemonVersion, 'version' | 'release'> {
  const [, version = '', release = ''] = /ceph version (\S+)(?: \([0-9a-f]*\) (\S+))?/.exec(text) ?? [];
  return { version, release };
}

/** Clients that are connected now, by the release that their features are of. */
export interface ClientRelease {
  /** The oldest release that has all of these features: `luminous`. */
  readonly release: string;
  readonly count: number;
}

/** What `ceph features` tells of clients, the oldest first. */
export async function listClientReleases(
  client: CephClient,
  options?: WaitOptions,
): Promise<readonly ClientRelease[]> {
  const { client: clients = [] } = (await askMonitors(client, ['features'], options)) as {
    readonly client?: readonly { readonly release: string; readonly num: number }[];
  };
  const counts = new Map<string, number>();
  for (const { release, num } of clients) counts.set(release, (counts.get(release) ?? 0) + num);
  return [...counts]
    .map(([release, count]) => ({ release, count }))
    .sort((a, b) => compare(a.release, b.release));
}

/** The first letters of the releases go through the alphabet. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The major versions with names, see https://docs.ceph.com/en/latest/releases/. */
const releases: Readonly<Record<number, string>> = {
  12: 'luminous',
  13: 'mimic',
  14: 'nautilus',
  15: 'octopus',
  16: 'pacific',
  17: 'quincy',
  18: 'reef',
  19: 'squid',
  20: 'tentacle',
};

/** `pacific` of `16.2.15`; undefined for a version that is not known. */
export function releaseOf(version: string): string | undefined {
  return releases[majorOf(version)];
}

/** 16 of `16.2.15`. */
export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/** Negative when `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.-]/).map(Number));
  for (const [index, part] of (left ?? []).entries()) {
    const difference = part - (right?.[index] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}
