import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors, tellMonitors } from './monitors.ts';

export type HealthStatus = 'HEALTH_OK' | 'HEALTH_WARN' | 'HEALTH_ERR';

/** One thing that is wrong with a cluster. */
export interface HealthCheck {
  /** Ceph's name of it: `OSD_DOWN`, `POOL_NO_REDUNDANCY` ... */
  readonly code: string;
  readonly severity: HealthStatus;
  /** Ceph's own sentence. */
  readonly summary: string;
  /** What exactly, one line each. */
  readonly details: readonly string[];
  readonly isMuted: boolean;
  /** How it is muted; undefined when it is not. */
  readonly mute: HealthMute | undefined;
}

/** That a check does not count for the state of the cluster. */
export interface HealthMute {
  /** When it counts again, ms since 1970; undefined: when it gets worse, or comes back after it was gone. */
  readonly until: number | undefined;
  /** It stays muted also when the check is gone and comes back, or gets worse. */
  readonly isSticky: boolean;
}

/** What `ceph health detail` tells. */
export interface ClusterHealth {
  readonly status: HealthStatus;
  readonly checks: readonly HealthCheck[];
}

/** What `ceph status` tells. Sizes in bytes. */
export interface ClusterStatus {
  readonly fsid: string;
  readonly health: HealthStatus;
  /** The names of the monitors that are in the quorum. */
  readonly quorum: readonly string[];
  readonly monitors: number;
  readonly osds: number;
  readonly osdsUp: number;
  readonly osdsIn: number;
  readonly pools: number;
  readonly placementGroups: number;
  /** By state: `active+clean` ... */
  readonly placementGroupStates: ReadonlyMap<string, number>;
  /** A manager is there; without one, usage and placement groups are not up to date. */
  readonly hasManager: boolean;
  readonly standbyManagers: number;
  /** The names of the checks that complain. */
  readonly checks: readonly string[];
  readonly totalBytes: number;
  readonly usedBytes: number;
  readonly availableBytes: number;
}

interface StatusJson {
  readonly fsid: string;
  readonly health: { readonly status: HealthStatus; readonly checks?: Readonly<Record<string, unknown>> };
  readonly quorum_names?: readonly string[];
  readonly monmap: { readonly num_mons: number };
  readonly osdmap: {
    readonly num_osds: number;
    readonly num_up_osds: number;
    readonly num_in_osds: number;
  };
  readonly pgmap: {
    readonly pgs_by_state?: readonly { readonly state_name: string; readonly count: number }[];
    readonly num_pgs: number;
    readonly num_pools: number;
    readonly bytes_used: number;
    readonly bytes_avail: number;
    readonly bytes_total: number;
  };
  readonly mgrmap?: { readonly available: boolean; readonly num_standbys: number };
}

export async function getClusterStatus(client: CephClient, options?: WaitOptions): Promise<ClusterStatus> {
  const { fsid, health, quorum_names, monmap, osdmap, pgmap, mgrmap } = (await askMonitors(
    client,
    ['status'],
    options,
  )) as StatusJson;
  return {
    fsid,
    health: health.status,
    quorum: quorum_names ?? [],
    monitors: monmap.num_mons,
    osds: osdmap.num_osds,
    osdsUp: osdmap.num_up_osds,
    osdsIn: osdmap.num_in_osds,
    pools: pgmap.num_pools,
    placementGroups: pgmap.num_pgs,
    placementGroupStates: new Map(
      (pgmap.pgs_by_state ?? []).map(({ state_name, count }) => [state_name, count]),
    ),
    hasManager: mgrmap?.available ?? true,
    standbyManagers: mgrmap?.num_standbys ?? 0,
    checks: Object.keys(health.checks ?? {}),
    totalBytes: pgmap.bytes_total,
    usedBytes: pgmap.bytes_used,
    availableBytes: pgmap.bytes_avail,
  };
}

interface HealthJson {
  readonly status: HealthStatus;
  readonly checks: Readonly<
    Record<
      string,
      {
        readonly severity: HealthStatus;
        readonly summary: { readonly message: string };
        readonly detail?: readonly { readonly message: string }[];
        readonly muted?: boolean;
      }
    >
  >;
  readonly mutes?: readonly { readonly code: string; readonly ttl?: string; readonly sticky: boolean }[];
}

export async function getClusterHealth(client: CephClient, options?: WaitOptions): Promise<ClusterHealth> {
  const { status, checks, mutes } = (await askMonitors(client, ['health', 'detail'], options)) as HealthJson;
  const muteOf = (code: string): HealthMute | undefined => {
    const mute = mutes?.find((one) => one.code === code);
    return mute && { until: mute.ttl === undefined ? undefined : timeOf(mute.ttl), isSticky: mute.sticky };
  };
  return {
    status,
    checks: Object.entries(checks).map(([code, { severity, summary, detail, muted }]) => ({
      code,
      severity,
      summary: summary.message,
      details: (detail ?? []).map(({ message }) => message),
      isMuted: muted === true,
      mute: muted === true ? (muteOf(code) ?? { until: undefined, isSticky: false }) : undefined,
    })),
  };
}

/** What `ceph status` and `ceph health detail` print for people. */
export async function getHealthText(client: CephClient, options?: WaitOptions): Promise<string> {
  const [status, health] = await Promise.all([
    tellMonitors(client, ['status'], options),
    tellMonitors(client, ['health', 'detail'], options),
  ]);
  return `${status.trimEnd()}\n\n${health.trimEnd()}\n`;
}

/** Ceph writes `2026-11-21T16:14:43.511267+0000`. */
function timeOf(text: string): number {
  return Date.parse(text.replace(/(\.\d{3})\d*/, '$1').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}

export interface MuteOptions extends WaitOptions {
  /** `1h`, `2d`; undefined: until the check gets worse, or is gone. */
  readonly duration?: string | undefined;
  /** Also when the check is gone and comes back, or gets worse. */
  readonly isSticky?: boolean | undefined;
}

/** The check does not count any more for the state of the cluster. ENOENT when it is not raised. */
export async function muteHealthCheck(
  client: CephClient,
  code: string,
  { duration, isSticky, ...options }: MuteOptions = {},
): Promise<void> {
  const words = ['health', 'mute', code, ...(duration === undefined ? [] : [duration])];
  await tellMonitors(client, isSticky === true ? [...words, '--sticky'] : words, options);
}

export async function unmuteHealthCheck(
  client: CephClient,
  code: string,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, ['health', 'unmute', code], options);
}

/** The cluster's identity. */
export async function getFsid(client: CephClient, options?: WaitOptions): Promise<string> {
  return ((await askMonitors(client, ['fsid'], options)) as { readonly fsid: string }).fsid;
}

/** A monitor as the monitor map has it. */
export interface MonitorInfo {
  readonly name: string;
  /** `10.0.0.1:6789`, `[fd00::1]:3300`; that of the first version of the protocol first. */
  readonly addresses: readonly string[];
}

interface MonDumpJson {
  readonly mons: readonly {
    readonly name: string;
    readonly public_addrs?: { readonly addrvec: readonly { readonly type: string; readonly addr: string }[] };
    readonly public_addr?: string;
  }[];
}

export async function listMonitors(
  client: CephClient,
  options?: WaitOptions,
): Promise<readonly MonitorInfo[]> {
  const { mons } = (await askMonitors(client, ['mon', 'dump'], options)) as MonDumpJson;
  return mons.map(({ name, public_addrs, public_addr }) => ({
    name,
    addresses: public_addrs
      ? [...public_addrs.addrvec].sort((a, b) => a.type.localeCompare(b.type)).map(({ addr }) => addr)
      : public_addr === undefined
        ? []
        : [public_addr.replace(/\/\d+$/, '')],
  }));
}
