import type { CephClient } from '../../ceph/cephAccess.ts';
import type { RbdImage } from '../../ceph/rbd.ts';
import { parseRbdName } from '../../libvirt/model/storageSource.ts';
import type { DiskSource } from '../../libvirt/model/disk.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { isRbdVolume } from '../../libvirt/volumes.ts';
import { cephClientOfDisk, cephClientOfPool } from '../../operations/volumes/cephClientOf.ts';
import { readPool } from '../../operations/volumes/rbdVolume.ts';
import type { HostSession } from '../hostSession.ts';
import type { CephCluster } from './cephCluster.ts';
import { mayReach } from './poolsOver.ts';

/** An RBD image as a host of libvirt knows it: by whom it can be asked, and in which cluster it is. */
export interface LocatedImage {
  readonly image: RbdImage;
  /** Whom libvirt itself is to Ceph; runs on the host. */
  readonly client: CephClient;
  /** undefined: no connected host is a way to it. */
  readonly cluster: CephCluster | undefined;
  /** The host on which the client runs. */
  readonly session: HostSession;
}

/** The image that a volume is; undefined for volumes of other kinds. */
export async function imageOfVolume(
  session: HostSession,
  volume: VolumeRef,
  clusters: readonly CephCluster[],
  options?: WaitOptions,
): Promise<LocatedImage | undefined> {
  const image = isRbdVolume(volume) ? parseRbdName(volume.key) : undefined;
  if (!image) return undefined;
  const host = session.require();
  const pool = await readPool(host, volume.pool, options);
  const cluster = await clusterWith(pool.hosts, session, clusters);
  return { image, client: await cephClientOfPool(host, pool, options), cluster, session };
}

/** The image that a disk has; undefined for disks of other kinds. */
export async function imageOfDisk(
  session: HostSession,
  source: DiskSource,
  clusters: readonly CephCluster[],
  options?: WaitOptions,
): Promise<LocatedImage | undefined> {
  const host = session.require();
  if (source.type === 'network' && source.protocol === 'rbd') {
    const image = parseRbdName(source.name);
    if (!image) return undefined;
    const cluster = await clusterWith(source.hosts, session, clusters);
    return { image, client: await cephClientOfDisk(host, source, options), cluster, session };
  }
  if (source.type !== 'volume') return undefined;
  const pool = await readPool(host, source.pool, options);
  if (pool.type !== 'rbd') return undefined;
  const image = parseRbdName(`${pool.sourceName ?? pool.name}/${source.volume}`);
  if (!image) return undefined;
  const cluster = await clusterWith(pool.hosts, session, clusters);
  return { image, client: await cephClientOfPool(host, pool, options), cluster, session };
}

/** The cluster whose monitors are named; of several that may be, the one that the host is a client of. */
async function clusterWith(
  monitors: readonly { readonly name: string | undefined }[],
  session: HostSession,
  clusters: readonly CephCluster[],
): Promise<CephCluster | undefined> {
  const names = monitors.flatMap(({ name }) => name ?? []);
  const reached = await Promise.all(
    clusters.map(async (cluster) => mayReach(names, await cluster.monitors.get().catch(() => []))),
  );
  const possible = clusters.filter((_, index) => reached[index]);
  return possible.find(({ hosts }) => hosts.includes(session)) ?? possible[0];
}
