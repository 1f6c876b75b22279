import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors } from './monitors.ts';

/** How full an OSD, or all below a bucket of the CRUSH tree, is. Bytes. */
export interface Fill {
  readonly total: number;
  readonly used: number;
  readonly available: number;
  readonly placementGroups: number;
}

/** By the ids of OSDs, and of buckets, which are negative. */
export type OsdUsage = ReadonlyMap<number, Fill>;

interface NodeJson {
  readonly id: number;
  readonly kb: number;
  readonly kb_used: number;
  readonly kb_avail: number;
  readonly pgs: number;
}

/** What `ceph osd df tree` tells. The manager answers it: a client with `profile rbd` may not ask. */
export async function getOsdUsage(client: CephClient, options?: WaitOptions): Promise<OsdUsage> {
  const { nodes, stray } = (await askMonitors(client, ['osd', 'df', 'tree'], options)) as {
    readonly nodes: readonly NodeJson[];
    readonly stray: readonly NodeJson[];
  };
  return new Map(
    [...nodes, ...stray].map(({ id, kb, kb_used, kb_avail, pgs }) => [
      id,
      { total: kb * 1024, used: kb_used * 1024, available: kb_avail * 1024, placementGroups: pgs },
    ]),
  );
}
