import { t } from '../../../base/l10n.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import type { CephPool } from '../../../ceph/cephPools.ts';
import { CephPoolProblem, explainedFor } from '../../../operations/cephPools/cephPoolProblem.ts';
import { readPoolsAndOsds, type PoolFacts } from '../../../operations/cephPools/readPoolsAndOsds.ts';
import type { CephPoolNode } from '../../explorer/clusters/cephPoolNode.ts';
import type { ClusterRow } from '../../explorer/clusters/clusterRow.ts';
import { changeCluster, onCluster } from '../clusters/onCluster.ts';
import type { CommandServices } from '../command.ts';

/** What of a cluster may be different after a pool was made, changed or deleted. */
export const changedByPools = ['pools', 'usage', 'status', 'health'] as const;

/** Changes a pool; what Ceph refuses is explained. */
export function changePool(
  row: CephPoolNode,
  services: CommandServices,
  title: string,
  work: (client: CephClient, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  return changeCluster(row, services, { title }, changedByPools, (client, signal) =>
    explainedFor(row.name, () => work(client, signal)),
  );
}

/** Pools, rules, OSDs and limits as they are now. */
export function readFacts(row: ClusterRow, services: CommandServices): Promise<PoolFacts> {
  const title = t('Reading the pools of the Ceph cluster {0}', row.cluster.name);
  return onCluster(row, services, { title }, (client, signal) => readPoolsAndOsds(client, { signal }));
}

/** The pool among them; somebody may have deleted it. */
export function poolAmong({ pools }: Pick<PoolFacts, 'pools'>, { name, cluster }: CephPoolNode): CephPool {
  const pool = pools.find((one) => one.name === name);
  if (pool) return pool;
  cluster.refresh('pools');
  throw new CephPoolProblem(
    'missing',
    t('The Ceph cluster {0} has no pool {1} any more.', cluster.name, name),
  );
}
