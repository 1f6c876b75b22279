import { t } from '../../../../base/l10n.ts';
import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import type { CommandServices } from '../../command.ts';
import { NoClusterProblem } from '../clusterOf.ts';

/** The clusters that a connected host is a way to. */
export async function cephClustersReachable({
  clusters,
}: Pick<CommandServices, 'clusters'>): Promise<readonly CephCluster[]> {
  const known = await clusters.load();
  await known.settled();
  const reachable = known.clusters.filter(({ route }) => route !== undefined);
  if (reachable.length > 0) return reachable;
  throw new NoClusterProblem('no-cluster', t('No connected host can reach a Ceph cluster.'), {
    advice: t('Connect a host that has /etc/ceph/ceph.conf, a keyring, and the programs ceph and rbd.'),
  });
}
