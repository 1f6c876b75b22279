import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { getErasureProfile, type ErasureChunks } from './erasureProfiles.ts';
import { askMonitors } from './monitors.ts';

/** A pool of Ceph. Sizes in bytes. */
export interface CephPool {
  readonly id: number;
  readonly name: string;
  readonly type: 'replicated' | 'erasure';
  /** Replicas, or chunks of an erasure code. */
  readonly size: number;
  readonly minSize: number;
  /** undefined for a replicated pool. */
  readonly erasureCodeProfile: string | undefined;
  readonly placementGroups: number;
  /** Where Ceph is going to: differs while it splits or merges. */
  readonly placementGroupsTarget: number;
  readonly autoscale: 'on' | 'off' | 'warn';
  readonly crushRule: number;
  /** `rbd`, `cephfs`, `rgw` ... */
  readonly applications: readonly string[];
  /** 0: none. */
  readonly quotaBytes: number;
  readonly quotaObjects: number;
  /** `nodelete`, `full`, `selfmanaged_snaps` ... */
  readonly flags: readonly string[];
  /** Of an erasure-coded pool: `data` chunks carry the content, `coding` chunks may be lost. */
  readonly chunks: ErasureChunks | undefined;
  /** The share of its cluster that the pool is expected to fill, beside those of other pools; 0: not said. */
  readonly targetRatio: number;
}

interface PoolJson {
  readonly pool_id: number;
  readonly pool_name: string;
  readonly type: number;
  readonly size: number;
  readonly min_size: number;
  readonly erasure_code_profile?: string;
  readonly pg_num: number;
  readonly pg_num_target?: number;
  readonly pg_autoscale_mode?: 'on' | 'off' | 'warn';
  readonly crush_rule: number;
  readonly application_metadata?: Readonly<Record<string, unknown>>;
  readonly quota_max_bytes: number;
  readonly quota_max_objects: number;
  readonly flags_names: string;
  readonly options?: { readonly target_size_ratio?: number };
}

/** `pg_pool_t::TYPE_ERASURE` of Ceph's osd_types.h. */
const erasure = 3;

/** What `ceph osd pool ls detail` tells. */
export async function listCephPools(client: CephClient, options?: WaitOptions): Promise<readonly CephPool[]> {
  const pools = (await askMonitors(client, ['osd', 'pool', 'ls', 'detail'], options)) as readonly PoolJson[];
  const profiles = await chunksOfProfiles(client, pools, options);
  return pools.map((pool) => ({
    id: pool.pool_id,
    name: pool.pool_name,
    type: pool.type === erasure ? 'erasure' : 'replicated',
    size: pool.size,
    minSize: pool.min_size,
    erasureCodeProfile: pool.erasure_code_profile === '' ? undefined : pool.erasure_code_profile,
    placementGroups: pool.pg_num,
    placementGroupsTarget: pool.pg_num_target ?? pool.pg_num,
    autoscale: pool.pg_autoscale_mode ?? 'off',
    crushRule: pool.crush_rule,
    applications: Object.keys(pool.application_metadata ?? {}),
    quotaBytes: pool.quota_max_bytes,
    quotaObjects: pool.quota_max_objects,
    flags: pool.flags_names.split(',').filter((flag) => flag !== ''),
    chunks: profiles.get(pool.erasure_code_profile ?? ''),
    targetRatio: pool.options?.target_size_ratio ?? 0,
  }));
}

/** A pool knows its profile by name only. */
async function chunksOfProfiles(
  client: CephClient,
  pools: readonly PoolJson[],
  options?: WaitOptions,
): Promise<ReadonlyMap<string, ErasureChunks>> {
  const coded = pools.filter(({ type }) => type === erasure);
  const names = new Set(coded.flatMap(({ erasure_code_profile: name }) => name ?? []));
  const profiles = await Promise.all([...names].map((name) => getErasureProfile(client, name, options)));
  return new Map(profiles.map(({ name, chunks }) => [name, chunks]));
}

/** Whether a pool is one that Ceph itself or another service made for itself. */
export function isInternalPool({ name, applications }: CephPool): boolean {
  return (
    /^(?:\.mgr|device_health_metrics|\.rgw\..*|\.nfs)$/.test(name) ||
    applications.some((application) => application.startsWith('mgr'))
  );
}

/** How full a pool is. Bytes. */
export interface CephPoolUsage {
  readonly name: string;
  /** What clients have stored. */
  readonly stored: number;
  /** With all replicas. */
  readonly used: number;
  /** What can still be stored. */
  readonly available: number;
  readonly objects: number;
}

/** How full a cluster is. Bytes. */
export interface ClusterUsage {
  readonly total: number;
  readonly used: number;
  readonly available: number;
  readonly pools: readonly CephPoolUsage[];
}

interface DfJson {
  readonly stats: {
    readonly total_bytes: number;
    readonly total_used_raw_bytes: number;
    readonly total_avail_bytes: number;
  };
  readonly pools: readonly {
    readonly name: string;
    readonly stats: {
      readonly stored: number;
      readonly bytes_used: number;
      readonly max_avail: number;
      readonly objects: number;
    };
  }[];
}

/** What `ceph df` tells. */
export async function getClusterUsage(client: CephClient, options?: WaitOptions): Promise<ClusterUsage> {
  const { stats, pools } = (await askMonitors(client, ['df'], options)) as DfJson;
  return {
    total: stats.total_bytes,
    used: stats.total_used_raw_bytes,
    available: stats.total_avail_bytes,
    pools: pools.map(({ name, stats: { stored, bytes_used, max_avail, objects } }) => ({
      name,
      stored,
      used: bytes_used,
      available: max_avail,
      objects,
    })),
  };
}
