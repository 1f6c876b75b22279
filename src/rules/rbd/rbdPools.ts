import type { KnownRbdPool, Monitor } from '../hostKnowledge.ts';
import { parseImageName } from './imageName.ts';
import type { RbdDisk } from './rbdDisk.ts';

/** Two ways to name one monitor; without a port it is any of the monitor's. */
export function isSameMonitor(a: Monitor, b: Monitor): boolean {
  return a.name === b.name && (a.port === undefined || b.port === undefined || a.port === b.port);
}

export function sharesMonitor(a: readonly Monitor[], b: readonly Monitor[]): boolean {
  return a.some((monitor) => b.some((other) => isSameMonitor(monitor, other)));
}

/**
 * The storage pools over the Ceph pool that holds the disk's image. Two clusters may have pools of one name: when a
 * storage pool has a monitor in common with the disk, those that have none are left out.
 */
export function poolsOfDisk(disk: RbdDisk, pools: readonly KnownRbdPool[]): readonly KnownRbdPool[] {
  const cephPool = parseImageName(disk.image)?.pool;
  const sameName = pools.filter((pool) => pool.cephPool === cephPool);
  const sameCluster = sameName.filter((pool) => sharesMonitor(pool.hosts, disk.hosts));
  return sameCluster.length > 0 ? sameCluster : sameName;
}
