import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import type { RbdPlace } from '../../../ceph/rbd.ts';
import type { PartName } from '../../../hosts/clusters/cephCluster.ts';
import { refreshPoolsOver } from '../../../hosts/clusters/poolsOver.ts';
import type { ClusterRow } from '../../explorer/clusters/clusterRow.ts';
import { ObjectNode } from '../../explorer/node.ts';
import { showProblem } from '../../problems.ts';
import { withProgress, type ProgressOptions } from '../../progress.ts';
import type { CommandServices } from '../command.ts';

/** Does something to a cluster, with progress and in the log. */
export async function onCluster<T>(
  { cluster }: ClusterRow,
  { log }: CommandServices,
  progress: ProgressOptions,
  work: (client: CephClient, signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  const { client, session } = cluster.require();
  log.info(t('{0} (Ceph cluster {1}, by {2})', progress.title, cluster.name, session.name));
  try {
    return await withProgress(progress, (signal, report) => work(client, signal, report));
  } catch (error) {
    log.info(`${progress.title}: ${messageOf(error)}`);
    throw error;
  }
}

/** The same of what changes the cluster: these parts of it are read again then, whether it went well or not. */
export async function changeCluster<T>(
  row: ClusterRow,
  services: CommandServices,
  progress: ProgressOptions,
  changed: readonly PartName[],
  work: (client: CephClient, signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  try {
    return await onCluster(row, services, progress, work);
  } finally {
    row.cluster.refresh(...changed);
  }
}

/**
 * The same of what changes the images of a pool: then its rows are read again, and, in the background, so are the
 * storage pools that libvirt has over it on any connected host.
 */
export async function changeImages<T>(
  row: ClusterRow,
  place: RbdPlace,
  services: CommandServices,
  progress: ProgressOptions,
  work: (client: CephClient, signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  try {
    return await onCluster(row, services, progress, work);
  } finally {
    imagesChanged(row, place, services);
  }
}

/** Images of the pool were made, removed or changed. */
export function imagesChanged(row: ClusterRow, place: RbdPlace, services: CommandServices): void {
  const { cluster } = row;
  cluster.imagesChanged(place, changedBy(row));
  const title = t('Refreshing the storage pools over {0}', place.pool);
  withProgress({ title }, (signal) =>
    refreshPoolsOver(cluster, place, services.registry.sessions, { signal }),
  ).catch((error: unknown) => {
    showProblem(error, services.log);
  });
}

/** The image that something was done to: of the others of its pool only those that are new have to be looked at. */
function changedBy(row: ClusterRow): readonly string[] | undefined {
  const image = row.kind === 'imageSnapshot' ? row.parent : row;
  return image instanceof ObjectNode && image.kind === 'image' ? [image.name] : undefined;
}
