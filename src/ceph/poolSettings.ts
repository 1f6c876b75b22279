import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { isForbidden } from './cephError.ts';
import type { CephPool } from './cephPools.ts';
import { askMonitors, tellMonitors } from './monitors.ts';

/** What the configuration of the monitors says of pools. */
export interface PoolSettings {
  /** `mon_max_pg_per_osd`: with more, pools are neither made nor grown. */
  readonly maxPgsPerOsd: number;
  /** `mon_target_pg_per_osd`: what the autoscaler aims at. */
  readonly targetPgsPerOsd: number;
  /** `mon_max_pool_pg_num`: of one pool. */
  readonly maxPgsPerPool: number;
  /** `osd_pool_default_size` */
  readonly defaultSize: number;
  readonly defaultAutoscale: CephPool['autoscale'];
  /** `mon_allow_pool_delete` */
  readonly mayDelete: boolean;
  /** `mon_allow_pool_size_one` */
  readonly mayBeSingle: boolean;
  /** What Ceph has built in was taken, because the client may not ask. */
  readonly isAssumed: boolean;
}

/** Ceph's own defaults (src/common/options/global.yaml.in). */
const defaults: PoolSettings = {
  maxPgsPerOsd: 250,
  targetPgsPerOsd: 100,
  maxPgsPerPool: 65_536,
  defaultSize: 3,
  defaultAutoscale: 'on',
  mayDelete: false,
  mayBeSingle: false,
  isAssumed: true,
};

interface SettingJson {
  readonly name: string;
  readonly value: string;
}

/**
 * What a monitor really runs with, from whichever file, database or command it is. A client that may not ask is told
 * Ceph's own defaults.
 * @param monitor its name, without `mon.`
 */
export async function getPoolSettings(
  client: CephClient,
  monitor: string | undefined,
  options?: WaitOptions,
): Promise<PoolSettings> {
  if (monitor === undefined) return defaults;
  let settings: readonly SettingJson[];
  try {
    const words = ['config', 'show-with-defaults', `mon.${monitor}`];
    settings = (await askMonitors(client, words, options)) as readonly SettingJson[];
  } catch (error) {
    if (isForbidden(error)) return defaults;
    throw error;
  }
  const values = new Map(settings.map(({ name, value }) => [name, value]));
  const number = (name: string, otherwise: number): number => {
    const value = Number(values.get(name) ?? '');
    return value > 0 ? value : otherwise;
  };
  const mode = values.get('osd_pool_default_pg_autoscale_mode');
  return {
    maxPgsPerOsd: number('mon_max_pg_per_osd', defaults.maxPgsPerOsd),
    targetPgsPerOsd: number('mon_target_pg_per_osd', defaults.targetPgsPerOsd),
    maxPgsPerPool: number('mon_max_pool_pg_num', defaults.maxPgsPerPool),
    defaultSize: number('osd_pool_default_size', defaults.defaultSize),
    defaultAutoscale: mode === 'off' || mode === 'warn' ? mode : 'on',
    mayDelete: values.get('mon_allow_pool_delete') === 'true',
    mayBeSingle: values.get('mon_allow_pool_size_one') === 'true',
    isAssumed: false,
  };
}

/**
 * Has all running monitors allow that pools are deleted, or what their configuration says again. It is written nowhere:
 * a monitor that is started again knows nothing of it.
 */
export async function allowPoolDeletion(
  client: CephClient,
  isAllowed: boolean,
  options?: WaitOptions,
): Promise<void> {
  const change = isAllowed ? ['set', 'mon_allow_pool_delete', 'true'] : ['unset', 'mon_allow_pool_delete'];
  await tellMonitors(client, ['tell', 'mon.*', 'config', ...change], options);
}
