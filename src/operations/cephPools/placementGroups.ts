import type { CephPool } from '../../ceph/cephPools.ts';
import type { CrushRule } from '../../ceph/crushRules.ts';
import type { OsdTree } from '../../ceph/osds.ts';
import type { PoolSettings } from '../../ceph/poolSettings.ts';
import { placementOf } from './placement.ts';

/** What the arithmetic of placement groups starts from. */
export interface PoolsAndOsds {
  readonly pools: readonly CephPool[];
  readonly rules: readonly CrushRule[];
  readonly tree: OsdTree;
  readonly settings: Pick<PoolSettings, 'maxPgsPerOsd' | 'targetPgsPerOsd' | 'maxPgsPerPool'>;
}

/** What a pool takes of the OSDs: each of its placement groups has a copy (or a chunk) on `size` of them. */
export interface PoolShare {
  readonly pool: string;
  readonly replicas: number;
}

/** The room for placement groups on some OSDs, counted in copies of groups. */
export interface PgRoom {
  /** OSDs that are in. */
  readonly osds: number;
  /** What Ceph reckons with: no less than three. */
  readonly countedOsds: number;
  readonly perOsd: { readonly max: number; readonly target: number };
  readonly max: number;
  readonly target: number;
  /** By the other pools. */
  readonly taken: number;
  /** Of these the largest first. */
  readonly shares: readonly PoolShare[];
}

/** `std::max(osdmap.get_num_in_osds(), 3u)` of OSDMonitor::check_pg_num. */
const leastOsds = 3;

/**
 * The room for a pool with this rule, without what `except` takes itself. Ceph counts all pools on all OSDs that are in;
 * since Reef those that share OSDs by their rules. Of both, this is the tighter.
 */
export function roomFor(cluster: PoolsAndOsds, rule: CrushRule | undefined, except?: CephPool): PgRoom {
  const others = cluster.pools.filter(({ id }) => id !== except?.id);
  const all = new Set(cluster.tree.osds.filter(({ isIn }) => isIn).map(({ id }) => id));
  const whole = roomOn(cluster, all, others);
  if (!rule) return whole;
  const reached = new Set(placementOf(rule, cluster.tree).osds.map(({ id }) => id));
  if (reached.size === 0 || reached.size === all.size) return whole;
  const own = roomOn(cluster, reached, others);
  return own.max - own.taken < whole.max - whole.taken ? own : whole;
}

function roomOn(
  { rules, tree, settings }: PoolsAndOsds,
  osds: ReadonlySet<number>,
  pools: readonly CephPool[],
): PgRoom {
  const shares = pools
    .map((pool) => {
      const rule = rules.find(({ id }) => id === pool.crushRule);
      const own = rule ? placementOf(rule, tree).osds : [];
      const here = own.length === 0 ? 1 : own.filter(({ id }) => osds.has(id)).length / own.length;
      return { pool: pool.name, replicas: Math.round(replicasOf(pool) * here) };
    })
    .filter(({ replicas }) => replicas > 0)
    .sort((a, b) => b.replicas - a.replicas);
  const countedOsds = Math.max(osds.size, leastOsds);
  const { maxPgsPerOsd: max, targetPgsPerOsd: target } = settings;
  return {
    osds: osds.size,
    countedOsds,
    perOsd: { max, target },
    max: countedOsds * max,
    target: countedOsds * target,
    taken: shares.reduce((sum, { replicas }) => sum + replicas, 0),
    shares,
  };
}

/** Where Ceph is going to counts, not where it is. */
export function replicasOf({ placementGroupsTarget, size }: CephPool): number {
  return placementGroupsTarget * size;
}

/** How many copies of groups each OSD has, with such a pool. */
export function perOsdWith(room: PgRoom, count: number, size: number): number {
  return (room.taken + count * size) / room.countedOsds;
}

/** The most groups that Ceph lets a pool of this size have. */
export function mostGroups({ max, taken }: PgRoom, size: number, ofOnePool: number): number {
  return Math.max(0, Math.min(ofOnePool, Math.floor((max - taken) / size)));
}

/** What a small pool begins with (`osd_pool_default_pg_num`). */
const usual = 32;

/**
 * The power of two that comes nearest to filling the room up to the target; where other pools have taken that already,
 * what a new pool begins with, or what is left. 0: Ceph would refuse even one group.
 */
export function proposedGroups(room: PgRoom, size: number, ofOnePool: number): number {
  const most = powerOfTwoUpTo(mostGroups(room, size, ofOnePool));
  const ideal = nearestPowerOfTwo(Math.floor((room.target - room.taken) / size));
  return Math.min(most, Math.max(ideal, usual));
}

/** The powers of two that a pool can have, the largest first. */
export function possibleGroups(room: PgRoom, size: number, ofOnePool: number): readonly number[] {
  const found: number[] = [];
  for (let count = powerOfTwoUpTo(mostGroups(room, size, ofOnePool)); count >= 1; count /= 2)
    found.push(count);
  return found;
}

/** 0 for less than 1. */
function powerOfTwoUpTo(count: number): number {
  return count < 1 ? 0 : 2 ** Math.floor(Math.log2(count));
}

/** Of two that are as near, the larger: as the autoscaler does. */
function nearestPowerOfTwo(count: number): number {
  const low = powerOfTwoUpTo(count);
  return 2 * low - count > count - low ? low : 2 * low;
}

export function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}
