import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors } from './monitors.ts';

/** The monitors that agree with each other. */
export interface Quorum {
  readonly leader: string;
  /** The names of the monitors that are in. */
  readonly members: readonly string[];
}

/** What `ceph quorum_status` tells. */
export async function getQuorum(client: CephClient, options?: WaitOptions): Promise<Quorum> {
  const { quorum_leader_name, quorum_names } = (await askMonitors(client, ['quorum_status'], options)) as {
    readonly quorum_leader_name: string;
    readonly quorum_names: readonly string[];
  };
  return { leader: quorum_leader_name, members: quorum_names };
}

/** A manager, or any other daemon that runs. */
export interface RunningDaemon {
  readonly name: string;
  /** The machine; empty where Ceph does not say. */
  readonly hostName: string;
  /** `16.2.15`; empty where Ceph does not say. */
  readonly version: string;
}

export interface Managers {
  /** The name of the one that serves; undefined when none does. */
  readonly active: string | undefined;
  readonly standbys: number;
  /** Those that have said who they are, the active one included. */
  readonly all: readonly RunningDaemon[];
}

interface MetadataJson {
  readonly name?: string;
  readonly id?: number;
  readonly hostname?: string;
  readonly ceph_version_short?: string;
}

/** What `ceph mgr stat` and `ceph mgr metadata` tell. */
export async function listManagers(client: CephClient, options?: WaitOptions): Promise<Managers> {
  const [stat, metadata] = await Promise.all([
    askMonitors(client, ['mgr', 'stat'], options) as Promise<{
      readonly available: boolean;
      readonly active_name: string;
      readonly num_standby: number;
    }>,
    askMonitors(client, ['mgr', 'metadata'], options) as Promise<readonly MetadataJson[]>,
  ]);
  return {
    active: stat.active_name === '' ? undefined : stat.active_name,
    standbys: stat.num_standby,
    all: metadata.map((one) => daemonOf(one, one.name ?? '')),
  };
}

/** The OSDs with their machines and versions: some kilobytes of each cross the network. */
export async function listOsdDaemons(
  client: CephClient,
  options?: WaitOptions,
): Promise<readonly RunningDaemon[]> {
  const metadata = (await askMonitors(client, ['osd', 'metadata'], options)) as readonly MetadataJson[];
  return metadata.map((one) => daemonOf(one, `osd.${one.id ?? ''}`));
}

function daemonOf({ hostname = '', ceph_version_short = '' }: MetadataJson, name: string): RunningDaemon {
  return { name, hostName: hostname, version: ceph_version_short };
}
