import { isForbidden } from '../../../../ceph/cephError.ts';
import type { CephUser } from '../../../../ceph/cephUsers.ts';
import type { CephPool } from '../../../../ceph/cephPools.ts';
import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import { poolsOverCluster, type PoolOver } from '../../../../hosts/clusters/poolsOver.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import { shellHostOf } from '../../../../hosts/shellHost.ts';
import { readPoolsAndOsds, type PoolFacts } from '../../../../operations/cephPools/readPoolsAndOsds.ts';
import type { PlanCluster } from '../../../../operations/connectPool/poolConnection.ts';
import { offeredTypes } from '../../../../operations/pools/offeredTypes.ts';
import { parseServer } from '../../../../operations/pools/rbd/monitorList.ts';

/** A connected host, and whether its libvirt can use RBD pools; undefined: it does not tell. */
export interface ConnectableHost {
  readonly session: HostSession;
  readonly hasBackend: boolean | undefined;
}

/** A cluster and the connected hosts; each thing is read once, when it is first wanted. */
export class ConnectSite {
  readonly cluster: CephCluster;
  readonly sessions: readonly HostSession[];
  /** Whom the cluster is seen as. */
  readonly clientId: string;
  readonly pools: () => Promise<readonly CephPool[]> = once(() => this.cluster.pools.read());
  readonly facts: () => Promise<PoolFacts> = once(() => readPoolsAndOsds(this.cluster.client));
  /** undefined: this client may not ask. */
  readonly users: () => Promise<readonly CephUser[] | undefined> = once(async () => {
    try {
      return await this.cluster.users.read();
    } catch (error) {
      if (isForbidden(error)) return undefined;
      throw error;
    }
  });
  /** The storage pools of libvirt over pools of this cluster. */
  readonly over: () => Promise<readonly PoolOver[]> = once(() =>
    poolsOverCluster(this.cluster, this.sessions),
  );
  readonly hosts: () => Promise<readonly ConnectableHost[]> = once(() =>
    Promise.all(
      this.sessions.map(async (session) => {
        const types = await offeredTypes(session.require().connection);
        return { session, hasBackend: types.find(({ type }) => type === 'rbd')?.supported };
      }),
    ),
  );

  constructor(cluster: CephCluster, sessions: readonly HostSession[]) {
    this.cluster = cluster;
    this.sessions = sessions.filter(({ connected }) => connected !== undefined);
    this.clientId = cluster.require().clientId;
  }

  /** As plans take it. */
  async plannable(): Promise<PlanCluster> {
    const { client, session } = this.cluster.require();
    const monitors = await this.cluster.monitors.read();
    return {
      name: this.cluster.name,
      client,
      shell: shellHostOf(session),
      monitors: monitors.flatMap(({ addresses: [address = ''] }) => parseServer(address) ?? []),
    };
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    reading.catch(() => {
      reading = undefined;
    });
    return reading;
  };
}
