import type { KnownRbdPool } from '../hostKnowledge.ts';
import { parseImageName } from './imageName.ts';
import { sharesMonitor } from './monitors.ts';
import type { RbdDisk } from './rbdDisk.ts';

/**
 * The storage pools over the Ceph pool that holds the disk's image. Two clusters may have pools of one name: when a
 * storage pool has a monitor in common with the disk, those that have none are left out.
 */
export function poolsOfDisk(
  { image, hosts }: Pick<RbdDisk, 'image' | 'hosts'>,
  pools: readonly KnownRbdPool[],
): readonly KnownRbdPool[] {
  const cephPool = parseImageName(image)?.pool;
  const sameName = pools.filter((pool) => pool.cephPool === cephPool);
  const sameCluster = sameName.filter((pool) => sharesMonitor(pool.hosts, hosts));
  return sameCluster.length > 0 ? sameCluster : sameName;
}
