import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import { poolsOver, type PoolOver } from '../../../../hosts/clusters/poolsOver.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import { planHostOf } from '../../../../hosts/shellHost.ts';
import { refreshPool } from '../../../../libvirt/storagePools.ts';
import type { OtherPool } from '../../../../operations/moveDisk/moveOrder.ts';
import type { TargetPool } from '../../../../operations/moveDisk/moveTarget.ts';
import { rbdPlaceOfPool } from '../../../../operations/volumes/cephClientOf.ts';
import type { CommandServices } from '../../command.ts';

/** What else shows the images of an RBD pool. */
export interface ImagesBeside {
  readonly cluster: CephCluster | undefined;
  readonly pools: readonly OtherPool[];
}

/** The other storage pools, on any connected host, over the same Ceph pool. What cannot be found out is left out. */
export async function poolsBeside(
  host: HostSession,
  { offer }: TargetPool,
  { clusters, registry }: CommandServices,
): Promise<ImagesBeside> {
  const place = rbdPlaceOfPool(offer.model);
  for (const cluster of (await clusters.load()).of(host)) {
    const over = await poolsOver(cluster, place, registry.sessions).catch(() => []);
    const isOwn = ({ session, entry }: PoolOver): boolean =>
      session === host && entry.ref.uuid === offer.ref.uuid;
    if (over.some(isOwn))
      return {
        cluster,
        pools: over.filter((one) => !isOwn(one) && one.entry.active).map(otherPool),
      };
  }
  return { cluster: undefined, pools: [] };
}

function otherPool({ session, entry: { ref } }: PoolOver): OtherPool {
  return {
    host: planHostOf(session),
    name: ref.name,
    refresh: async () => {
      const { connection, knowledge, inventory } = session.require();
      try {
        await refreshPool(connection, ref, { timeoutMs: 180_000 });
      } finally {
        knowledge.volumesChanged(ref.uuid);
        void inventory.pools.load();
      }
    },
  };
}
