import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { Errno, isCephError } from './cephError.ts';
import { askMonitors, tellMonitors } from './monitors.ts';

/** The ids of OSDs: 0 of `osd.0`. */
export type OsdIds = readonly number[];

const names = (osds: OsdIds): readonly string[] => osds.map((id) => `osd.${id}`);

/** No data is placed on them any more: Ceph moves what they have to the others. */
export async function markOsdsOut(client: CephClient, osds: OsdIds, options?: WaitOptions): Promise<void> {
  await tellMonitors(client, ['osd', 'out', ...names(osds)], options);
}

/** Data is placed on them again. */
export async function markOsdsIn(client: CephClient, osds: OsdIds, options?: WaitOptions): Promise<void> {
  await tellMonitors(client, ['osd', 'in', ...names(osds)], options);
}

/** The cluster takes them for down; those that run say so and are up again. */
export async function markOsdsDown(client: CephClient, osds: OsdIds, options?: WaitOptions): Promise<void> {
  await tellMonitors(client, ['osd', 'down', ...names(osds)], options);
}

/** @param weight 0 to 1: the share of the data that its CRUSH weight gives it */
export async function reweightOsd(
  client: CephClient,
  osd: number,
  weight: number,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, ['osd', 'reweight', `osd.${osd}`, String(weight)], options);
}

/**
 * Why the OSDs cannot be stopped now without some data becoming unreachable, in Ceph's words; undefined when they can:
 * `ceph osd ok-to-stop`.
 */
export async function whyNotStop(
  client: CephClient,
  osds: OsdIds,
  options?: WaitOptions,
): Promise<string | undefined> {
  return refusalOf(() => askMonitors(client, ['osd', 'ok-to-stop', ...names(osds)], options));
}

/**
 * Why the OSDs cannot be destroyed now without some data being lost or less safe, in Ceph's words; undefined when they
 * can: `ceph osd safe-to-destroy`.
 */
export async function whyNotDestroy(
  client: CephClient,
  osds: OsdIds,
  options?: WaitOptions,
): Promise<string | undefined> {
  // With JSON it succeeds whatever the answer is; the words come only without.
  return refusalOf(() => tellMonitors(client, ['osd', 'safe-to-destroy', ...names(osds)], options));
}

async function refusalOf(question: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await question();
    return undefined;
  } catch (error) {
    if (!isCephError(error, Errno.EBUSY, Errno.EAGAIN)) throw error;
    return /^Error E[A-Z]+: (.*)$/m.exec(error.raw ?? '')?.[1] ?? error.message;
  }
}
