import { resizeRbdImage } from '../../ceph/rbd.ts';
import type { CephRunOptions } from '../../ceph/cephProgram.ts';
import { lookupPoolByName, refreshPool } from '../../libvirt/storagePools.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import { VolumeResize } from '../../libvirt/protocol/storageVolume.ts';
import { getVolumeInfo, resizeVolume } from '../../libvirt/volumes.ts';
import type { LibvirtMachine } from './cephClientOf.ts';
import { rbdVolumeOf } from './rbdVolume.ts';

/**
 * Gives a volume that no running domain uses a new size in bytes. A smaller one loses what is behind its end; libvirt
 * cannot shrink RBD images, so rbd does.
 */
export async function resizeVolumeTo(
  machine: LibvirtMachine,
  volume: VolumeRef,
  size: number,
  options: CephRunOptions = {},
): Promise<void> {
  const { connection } = machine;
  const wait = { signal: options.signal };
  const { capacity } = await getVolumeInfo(connection, volume, wait);
  if (size >= capacity) {
    await resizeVolume(connection, volume, size, 0, wait);
    return;
  }
  const rbd = await rbdVolumeOf(machine, volume, wait);
  if (!rbd) {
    await resizeVolume(connection, volume, size, VolumeResize.shrink, wait);
    return;
  }
  await resizeRbdImage(rbd.client, rbd.image, size, { ...options, shrink: true });
  await refreshPool(connection, await lookupPoolByName(connection, volume.pool, wait), wait);
}
