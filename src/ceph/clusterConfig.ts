import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors, tellMonitors } from './monitors.ts';

/** A setting that the monitors hand to daemons and clients: it is in no file. */
export interface ClusterSetting {
  /** `global`, `mon`, `client.libvirt` ... */
  readonly who: string;
  /** For whom of them: `host:kvm1`; empty: for all. */
  readonly mask: string;
  readonly name: string;
  readonly value: string;
}

/** What `ceph config dump` tells. */
export async function listClusterSettings(
  client: CephClient,
  options?: WaitOptions,
): Promise<readonly ClusterSetting[]> {
  const settings = ((await askMonitors(client, ['config', 'dump'], options)) ?? []) as readonly {
    readonly section: string;
    readonly mask?: string;
    readonly name: string;
    readonly value: string;
  }[];
  return settings.map(({ section, mask = '', name, value }) => ({ who: section, mask, name, value }));
}

/** Counts at once, also for clients that are connected (Ceph 13 and later). */
export async function setClusterSetting(
  client: CephClient,
  who: string,
  name: string,
  value: string,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, ['config', 'set', who, name, value], options);
}

/** As it was before anybody set it. That it is not set is no error. */
export async function removeClusterSetting(
  client: CephClient,
  who: string,
  name: string,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, ['config', 'rm', who, name], options);
}
