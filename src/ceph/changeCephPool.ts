import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { runCeph } from './cephProgram.ts';
import { tellMonitors } from './monitors.ts';

export type NewCephPool = {
  readonly name: string;
  readonly placementGroups: number;
} & (
  | { readonly type: 'replicated'; readonly size: number; readonly crushRule: string }
  /** The rule is made by Ceph, of the pool's name. */
  | { readonly type: 'erasure'; readonly profile: string }
);

/** What `ceph` is told to make a pool. */
export function newPoolWords(pool: NewCephPool): readonly string[] {
  const count = String(pool.placementGroups);
  return [
    ...['osd', 'pool', 'create', pool.name, count, count, pool.type],
    ...(pool.type === 'erasure' ? [pool.profile] : [pool.crushRule, `--size=${pool.size}`]),
  ];
}

/** A pool with that name that is there already is left as it is, without an error: that is what Ceph does. */
export async function createCephPool(
  client: CephClient,
  pool: NewCephPool,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, newPoolWords(pool), options);
}

/** A name as a word for `ceph`: one that begins with a dash would be taken for an option. */
function named(option: string, value: string): string {
  return value.startsWith('-') ? `--${option}=${value}` : value;
}

/** What can be set of a pool by `ceph osd pool set`; `true` and `false` for flags. */
export type PoolVariable =
  | 'size'
  | 'min_size'
  | 'pg_num'
  | 'pg_autoscale_mode'
  | 'bulk'
  | 'target_size_ratio'
  | 'crush_rule'
  | 'allow_ec_overwrites'
  | PoolFlag;

/** What keeps a pool from being changed, or from being scrubbed. */
export type PoolFlag = 'nodelete' | 'nopgchange' | 'nosizechange' | 'noscrub' | 'nodeep-scrub';

/** What Ceph asks for before it does what may lose data. */
const sure = '--yes-i-really-mean-it';

/** What `ceph` is told. @param isSure a pool with one copy is set only so */
export function setPoolWords(
  pool: string,
  variable: PoolVariable,
  value: string | number | boolean,
  isSure = false,
): readonly string[] {
  return [...['osd', 'pool', 'set', named('pool', pool), variable, String(value)], ...(isSure ? [sure] : [])];
}

export async function setPoolVariable(
  client: CephClient,
  pool: string,
  variable: PoolVariable,
  value: string | number | boolean,
  { isSure = false, ...options }: WaitOptions & { readonly isSure?: boolean } = {},
): Promise<void> {
  await tellMonitors(client, setPoolWords(pool, variable, value, isSure), options);
}

/** @param limit bytes or objects; 0: none */
export async function setPoolQuota(
  client: CephClient,
  pool: string,
  of: 'max_bytes' | 'max_objects',
  limit: number,
  options?: WaitOptions,
): Promise<void> {
  const words = ['osd', 'pool', 'set-quota', named('pool', pool), of, String(limit)];
  await tellMonitors(client, words, options);
}

export function applicationWords(
  verb: 'enable' | 'disable',
  pool: string,
  application: string,
): readonly string[] {
  return ['osd', 'pool', 'application', verb, named('pool', pool), named('app', application)];
}

/** Notes what the pool is for, beside what is noted already. */
export async function enablePoolApplication(
  client: CephClient,
  pool: string,
  application: string,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, [...applicationWords('enable', pool, application), sure], options);
}

/** Forgets that the pool is for it, and what it had noted there; the objects stay. */
export async function disablePoolApplication(
  client: CephClient,
  pool: string,
  application: string,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, [...applicationWords('disable', pool, application), sure], options);
}

export function initRbdArguments(pool: string): readonly string[] {
  return ['pool', 'init', `--pool=${pool}`];
}

/** Makes it a pool for RBD images: notes it so, and checks that it takes snapshots. */
export async function initRbdPool(client: CephClient, pool: string, options?: WaitOptions): Promise<void> {
  await runCeph(client, 'rbd', initRbdArguments(pool), options);
}

/** Rejects with EEXIST when there is a pool of the new name. */
export async function renameCephPool(
  client: CephClient,
  pool: string,
  name: string,
  options?: WaitOptions,
): Promise<void> {
  const words = ['osd', 'pool', 'rename', named('srcpool', pool), named('destpool', name)];
  await tellMonitors(client, words, options);
}

export function deletePoolWords(pool: string): readonly string[] {
  return [
    ...['osd', 'pool', 'delete', named('pool', pool), named('pool2', pool)],
    '--yes-i-really-really-mean-it',
  ];
}

/**
 * Deletes a pool with all that is in it. Rejects with EPERM while the monitors do not allow it (`mon_allow_pool_delete`)
 * or the pool has the flag `nodelete`, with EBUSY while a file system or a tier uses it.
 */
export async function deleteCephPool(client: CephClient, pool: string, options?: WaitOptions): Promise<void> {
  await tellMonitors(client, deletePoolWords(pool), options);
}
