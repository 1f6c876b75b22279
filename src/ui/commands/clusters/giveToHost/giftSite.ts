import { isForbidden } from '../../../../ceph/cephError.ts';
import type { CephUser } from '../../../../ceph/cephUsers.ts';
import { getMinimalConf } from '../../../../ceph/minimalConf.ts';
import { getFsid } from '../../../../ceph/clusterStatus.ts';
import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import { livePlanHost } from '../../../../hosts/livePlanHost.ts';
import { shellHostOf } from '../../../../hosts/shellHost.ts';
import type { PlanCluster } from '../../../../operations/connectPool/poolConnection.ts';
import { namesCluster } from '../../../../operations/giveCluster/namesCluster.ts';
import { hostFile, readHostFile, type HostFile } from '../../../../operations/hostFiles/rootFile.ts';
import { parseServer } from '../../../../operations/pools/rbd/monitorList.ts';
import { GrantChoices } from '../../cephUsers/askGrants.ts';

/** What a host needs to know of a cluster. */
export interface ClusterFacts {
  readonly fsid: string;
  readonly configuration: string;
  readonly plannable: PlanCluster;
  /** undefined: this client may not ask. */
  readonly users: readonly CephUser[] | undefined;
}

/** What is where the configuration is to be: nothing, one for this cluster, or something else. */
export interface ConfigurationPlace {
  readonly file: HostFile;
  readonly holds: 'nothing' | 'this-cluster' | 'other';
}

/** A cluster that is given to a host; each thing is read once. */
export class GiftSite {
  readonly cluster: CephCluster;
  readonly choices: GrantChoices;
  #facts: Promise<ClusterFacts> | undefined;
  readonly #places = new Map<string, Promise<ConfigurationPlace>>();

  constructor(cluster: CephCluster) {
    this.cluster = cluster;
    this.choices = new GrantChoices(cluster);
  }

  facts(): Promise<ClusterFacts> {
    return (this.#facts ??= this.#readFacts());
  }

  place(session: HostSession, path: string): Promise<ConfigurationPlace> {
    const key = JSON.stringify([session.name, path]);
    const place = this.#places.get(key) ?? this.#look(session, path);
    this.#places.set(key, place);
    return place;
  }

  async #readFacts(): Promise<ClusterFacts> {
    const { client, session } = this.cluster.require();
    const [fsid, configuration, monitors, users] = await Promise.all([
      getFsid(client),
      getMinimalConf(client),
      this.cluster.monitors.read(),
      this.#users(),
    ]);
    const servers = monitors.flatMap(({ addresses: [address = ''] }) => parseServer(address) ?? []);
    const plannable = { name: this.cluster.name, client, shell: shellHostOf(session), monitors: servers };
    return { fsid, configuration, plannable, users };
  }

  async #users(): Promise<readonly CephUser[] | undefined> {
    try {
      return await this.cluster.users.read();
    } catch (error) {
      if (isForbidden(error)) return undefined;
      throw error;
    }
  }

  async #look(session: HostSession, path: string): Promise<ConfigurationPlace> {
    const [{ fsid, plannable }, file] = await Promise.all([
      this.facts(),
      hostFile(livePlanHost(session), path),
    ]);
    const found = await readHostFile(file);
    if (found.kind === 'absent') return { file, holds: 'nothing' };
    const isThis =
      found.kind === 'file' && namesCluster(found.content.toString(), { fsid, monitors: plannable.monitors });
    return { file, holds: isThis ? 'this-cluster' : 'other' };
  }
}
