import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import type { RbdImage } from '../../ceph/rbd.ts';
import { parsePool, type PoolModel } from '../../libvirt/model/storagePool.ts';
import { parseRbdName } from '../../libvirt/model/storageSource.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import { getPoolXml, lookupPoolByName } from '../../libvirt/storagePools.ts';
import { isRbdVolume } from '../../libvirt/volumes.ts';
import { cephClientOfPool, type LibvirtMachine } from './cephClientOf.ts';

/** An RBD image that a pool of libvirt shows as a volume, and who libvirt is to Ceph. */
export interface RbdVolume {
  readonly client: CephClient;
  readonly image: RbdImage;
}

/** undefined for volumes of any other kind. */
export async function rbdVolumeOf(
  machine: LibvirtMachine,
  volume: VolumeRef,
  options?: WaitOptions,
): Promise<RbdVolume | undefined> {
  const image = isRbdVolume(volume) ? parseRbdName(volume.key) : undefined;
  if (image === undefined) return undefined;
  const pool = await readPool(machine, volume.pool, options);
  return { image, client: await cephClientOfPool(machine, pool, options) };
}

/** What the pool of this name is like. */
export async function readPool(
  { connection }: Pick<LibvirtMachine, 'connection'>,
  name: string,
  options?: WaitOptions,
): Promise<PoolModel> {
  const ref = await lookupPoolByName(connection, name, options);
  return parsePool(await getPoolXml(connection, ref, options));
}
