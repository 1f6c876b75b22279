import { CodedProblem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { poolsOverCluster } from '../../../hosts/clusters/poolsOver.ts';
import type { CommandServices } from '../command.ts';
import { objectCommand } from '../command.ts';
import type { PoolNode } from '../../explorer/objects/poolNode.ts';
import { openConnectionPlan } from '../clusters/connectPool/openConnectionPlan.ts';

/** The pool is none of RBD images of a cluster that a connected host reaches. */
class NotOverCephProblem extends CodedProblem<'not-over-ceph'> {}

/** The plan that connected a pool, or could have: it mends what is missing or wrong by now. */
export const mendConnectionCommand = objectCommand({
  id: 'libvirt.pool.mendConnection',
  on: { kinds: ['pool'], traits: ['connected', 'persistent', 'rbd'] },
  run: async (node, services) => {
    const known = (await node.host.require().knowledge.basics())?.rbdPools.find(
      ({ name }) => name === node.name,
    );
    const cluster = known && (await clusterBelow(node, services));
    if (!cluster)
      throw new NotOverCephProblem(
        'not-over-ceph',
        t('{0} on {1} lies over no Ceph cluster that a connected host can reach.', node.name, node.host.name),
        { advice: t('Connect a host that has a keyring of the cluster, then try again.') },
      );
    const over = await poolsOverCluster(cluster, services.registry.sessions);
    const hosts = over.filter(({ pool }) => pool.cephPool === known.cephPool).map(({ session }) => session);
    const given = { cephPool: known.cephPool, user: known.auth?.username, hosts };
    await openConnectionPlan(cluster, given, services);
  },
});

async function clusterBelow(
  { host, name }: PoolNode,
  { clusters, registry }: CommandServices,
): Promise<CephCluster | undefined> {
  const known = await clusters.load();
  await known.settled();
  for (const cluster of known.clusters.filter(({ route }) => route !== undefined)) {
    const over = await poolsOverCluster(cluster, registry.sessions);
    if (over.some(({ session, pool }) => session === host && pool.name === name)) return cluster;
  }
  return undefined;
}
