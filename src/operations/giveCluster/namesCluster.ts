import type { StorageServer } from '../pools/newPool.ts';
import { monitorsInConfiguration } from '../pools/rbd/monitorList.ts';

/** Whether a ceph.conf is for this cluster, and leads to at least one of its monitors as they are now. */
export function namesCluster(
  configuration: string,
  { fsid, monitors }: { readonly fsid: string; readonly monitors: readonly StorageServer[] },
): boolean {
  const named = /^\s*fsid\s*=\s*([0-9a-f-]+)/im.exec(configuration)?.[1];
  const addresses = new Set(monitors.map(({ name }) => name));
  return (
    named?.toLowerCase() === fsid.toLowerCase() &&
    monitorsInConfiguration(configuration).some(
      ({ name }) => addresses.has(name) || !/^[0-9.]+$|:/.test(name),
    )
  );
}
