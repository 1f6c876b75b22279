import { CancelledError, messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import type { RbdPlace } from '../../../ceph/rbd.ts';
import type { ClusterRoute } from '../../../hosts/clusters/clusterRoute.ts';
import type { ClusterRow } from '../../explorer/clusters/clusterRow.ts';
import { withProgress } from '../../progress.ts';
import { imagesChanged } from '../clusters/onCluster.ts';
import type { CommandServices } from '../command.ts';

export interface ImageWork {
  readonly title: string;
  /** What is still to be done once it is cancelled. */
  readonly ending: string;
  /** Whose images change. */
  readonly place: RbdPlace | undefined;
  /** By which host and as whom. Default: as the cluster is seen. */
  readonly route?: ClusterRoute;
}

/**
 * Does work on images that puts things right when it is cancelled: waits for that too, and tells what it could not put
 * right. Then the rows are read again, and so are libvirt's storage pools over the place.
 */
export async function workOnImages<T>(
  row: ClusterRow,
  services: CommandServices,
  { title, ending, place, route = row.cluster.require() }: ImageWork,
  work: (client: CephClient, signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  const { log } = services;
  log.info(t('{0} (Ceph cluster {1}, by {2})', title, row.cluster.name, route.session.name));
  let running: Promise<T> | undefined;
  try {
    return await withProgress({ title }, (signal, report) => {
      running = work(route.client, signal, report);
      return running;
    });
  } catch (error) {
    log.info(`${title}: ${messageOf(error)}`);
    if (!(error instanceof CancelledError) || !running) throw error;
    const rest = running;
    return await withProgress({ title: ending }, () => rest);
  } finally {
    if (place) imagesChanged(row, place, services);
  }
}
