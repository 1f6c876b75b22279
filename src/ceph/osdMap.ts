import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors, tellMonitors } from './monitors.ts';

/** The flags of a cluster that people set and unset, as `ceph osd set` calls them. */
export const osdFlags = [
  'noout',
  'norebalance',
  'nobackfill',
  'norecover',
  'noin',
  'noup',
  'nodown',
  'noscrub',
  'nodeep-scrub',
  'nosnaptrim',
  'pause',
] as const;

export type OsdFlag = (typeof osdFlags)[number];

/** What holds for all OSDs. */
export interface OsdMap {
  /** Those of {@link osdFlags} that are set. */
  readonly flags: readonly OsdFlag[];
  /** From this share of its space on, 0 to 1, an OSD is nearly full: a warning. */
  readonly nearfullRatio: number;
  /** ... takes no data that is moved. */
  readonly backfillfullRatio: number;
  /** ... takes nothing any more: writes to its pools stop. */
  readonly fullRatio: number;
  /** The oldest clients that may connect: `luminous`. */
  readonly requiredClient: string;
}

interface OsdDumpJson {
  readonly flags: string;
  readonly nearfull_ratio: number;
  readonly backfillfull_ratio: number;
  readonly full_ratio: number;
  readonly require_min_compat_client: string;
}

/** What `ceph osd dump` tells, without the OSDs and pools. */
export async function getOsdMap(client: CephClient, options?: WaitOptions): Promise<OsdMap> {
  const dump = (await askMonitors(client, ['osd', 'dump'], options)) as OsdDumpJson;
  const words = new Set(dump.flags.split(','));
  return {
    flags: osdFlags.filter((flag) => (flag === 'pause' ? words.has('pauserd') : words.has(flag))),
    nearfullRatio: rounded(dump.nearfull_ratio),
    backfillfullRatio: rounded(dump.backfillfull_ratio),
    fullRatio: rounded(dump.full_ratio),
    requiredClient: dump.require_min_compat_client,
  };
}

/** Ceph keeps them as 32-bit numbers: 0.85 comes as 0.85000002384185791. */
function rounded(ratio: number): number {
  return Math.round(ratio * 10_000) / 10_000;
}

export async function setOsdFlag(client: CephClient, flag: OsdFlag, options?: WaitOptions): Promise<void> {
  await tellMonitors(client, ['osd', 'set', flag], options);
}

export async function unsetOsdFlag(client: CephClient, flag: OsdFlag, options?: WaitOptions): Promise<void> {
  await tellMonitors(client, ['osd', 'unset', flag], options);
}
