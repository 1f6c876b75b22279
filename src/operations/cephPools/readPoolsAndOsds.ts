import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { listCephPools } from '../../ceph/cephPools.ts';
import { getClusterStatus } from '../../ceph/clusterStatus.ts';
import { listCrushRules } from '../../ceph/crushRules.ts';
import { getOsdTree } from '../../ceph/osds.ts';
import { getPoolSettings, type PoolSettings } from '../../ceph/poolSettings.ts';
import type { PoolsAndOsds } from './placementGroups.ts';

export type PoolFacts = PoolsAndOsds & { readonly settings: PoolSettings };

/** What must be known before a pool is made or changed, as it is now. */
export async function readPoolsAndOsds(client: CephClient, options?: WaitOptions): Promise<PoolFacts> {
  const [pools, rules, tree, settings] = await Promise.all([
    listCephPools(client, options),
    listCrushRules(client, options),
    getOsdTree(client, options),
    getClusterStatus(client, options).then(({ quorum }) => getPoolSettings(client, quorum[0], options)),
  ]);
  return { pools, rules, tree, settings };
}
