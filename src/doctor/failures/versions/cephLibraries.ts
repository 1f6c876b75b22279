import { Problem } from '../../../base/errors.ts';
import { isForbidden } from '../../../ceph/cephError.ts';
import { compareVersions, type DaemonVersion } from '../../../ceph/versions.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { readClientHosts } from '../../../hosts/clusters/clientHosts.ts';
import { getConnectionFacts, type ConnectionFacts } from '../../../libvirt/node.ts';
import type { Patient } from '../../patient.ts';

/** What a host reaches Ceph with. */
export interface CephLibraries {
  /** undefined where the host does not tell. */
  readonly librbd: string | undefined;
  readonly facts: ConnectionFacts;
}

/** Asked once, however many failures want to know. */
export function cephLibraries(patient: Patient): Promise<CephLibraries> {
  return patient.once('ceph libraries', async () => {
    const [[client], facts] = await Promise.all([
      readClientHosts([patient.session], patient.wait),
      getConnectionFacts(patient.host.connection, patient.wait),
    ]);
    return { librbd: client?.librbd, facts };
  });
}

/** `librbd 16.2.15, QEMU 7.2.22, libvirt 9.0.0`: names and numbers that no language changes. */
export function librariesInWords({ librbd, facts }: CephLibraries): readonly string[] {
  return [
    `librbd ${librbd ?? '?'}`,
    `${facts.type} ${facts.hypervisorVersion}`,
    `libvirt ${facts.libvirtVersion}`,
  ];
}

/** The versions of the cluster's monitors and OSDs; undefined where they cannot be asked now. */
export async function daemonsOf(cluster: CephCluster): Promise<readonly DaemonVersion[] | undefined> {
  try {
    const versions = await cluster.versions.get();
    return versions.filter(({ daemon }) => daemon === 'mon' || daemon === 'osd');
  } catch (error) {
    if (isForbidden(error) || error instanceof Problem) return undefined;
    throw error;
  }
}

/** That of the newest daemon. */
export function newestOf(daemons: readonly DaemonVersion[]): string | undefined {
  return daemons
    .map(({ version }) => version)
    .sort(compareVersions)
    .at(-1);
}
