import { Emitter } from '../../../../src/base/events.ts';
import { silentLog } from '../../../../src/base/log.ts';
import type { Ward } from '../../../../src/doctor/patient.ts';
import type { CephCluster } from '../../../../src/hosts/clusters/cephCluster.ts';
import { CephClusters } from '../../../../src/hosts/clusters/cephClusters.ts';
import type { HostSession } from '../../../../src/hosts/hostSession.ts';
import { eventually } from '../../support/eventually.ts';

export interface ClusterWard extends Ward {
  readonly clusters: CephClusters;
  readonly cluster: CephCluster;
  dispose(): void;
}

/** Connected hosts with the cluster that they are clients of. */
export async function clusterWard(...sessions: readonly HostSession[]): Promise<ClusterWard> {
  const clusters = new CephClusters({ sessions, onDidChange: new Emitter<undefined>().event }, silentLog);
  const cluster = await eventually('a cluster is found', async () => {
    await clusters.settled();
    return clusters.clusters[0];
  });
  return {
    sessions,
    clusters,
    cluster,
    wait: {},
    dispose: () => {
      clusters.dispose();
    },
  };
}
