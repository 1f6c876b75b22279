import type { ClusterHealth, HealthCheck } from '../../../ceph/clusterStatus.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { indexUses } from '../../../hosts/clusters/usesIndex.ts';
import { userName } from '../../../hosts/clusters/useWords.ts';
import type { Complaint } from '../../complaint.ts';
import type { Ward } from '../../patient.ts';
import type { Subject } from '../../subject.ts';

const asked = new WeakMap<Ward, Map<CephCluster, Promise<ClusterHealth>>>();

/** The health of a cluster as it is now: asked once for all failures of a check-up. */
export function healthOf(cluster: CephCluster, ward: Ward): Promise<ClusterHealth> {
  const known = asked.get(ward) ?? new Map<CephCluster, Promise<ClusterHealth>>();
  asked.set(ward, known);
  const answer = known.get(cluster) ?? cluster.health.read();
  known.set(cluster, answer);
  return answer;
}

/** Those of the checks that are raised and that nobody has muted. */
export function raised({ checks }: ClusterHealth, ...codes: readonly string[]): readonly HealthCheck[] {
  return checks.filter(({ code, isMuted }) => codes.includes(code) && !isMuted);
}

/** So many details of a check are shown. */
const mostDetails = 8;

/** Ceph's own words, as `ceph health detail` prints them. */
export function checksInWords(checks: readonly HealthCheck[]): readonly string[] {
  return checks.flatMap(({ code, severity, summary, details }) => [
    `[${severity === 'HEALTH_ERR' ? 'ERR' : 'WRN'}] ${code}: ${summary}`,
    ...details.slice(0, mostDetails).map((detail) => `    ${detail}`),
    ...(details.length > mostDetails ? ['    …'] : []),
  ]);
}

export function clusterSubject({ id }: CephCluster): Subject {
  return { kind: 'cluster', cluster: id };
}

/** Whether a complaint can be about this cluster. */
export function mayBeAbout(cluster: CephCluster, complaint: Complaint | undefined): boolean {
  const about = complaint?.about;
  return about === undefined || !('cluster' in about) || about.cluster === cluster.id;
}

/** So many domains are named. */
const mostDomains = 12;

/** The domains that run and have images in one of the pools: `web1 on kvm1`. @param pools undefined: in any */
export async function runningOn(
  cluster: CephCluster,
  { sessions, wait }: Ward,
  pools?: readonly string[],
): Promise<readonly string[]> {
  const { users } = await indexUses(cluster, sessions, wait);
  const names = [...users]
    .filter(([image]) => pools?.includes(image.split('/')[0] ?? '') ?? true)
    .flatMap(([, all]) => all.filter(({ isRunning }) => isRunning).map(userName));
  const each = [...new Set(names)].sort((a, b) => a.localeCompare(b));
  return each.length > mostDomains ? [...each.slice(0, mostDomains), '…'] : each;
}
