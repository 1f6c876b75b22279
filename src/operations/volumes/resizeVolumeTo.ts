import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import { VolumeProblem } from './volumeProblem.ts';
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
    await shrink(connection, volume, size, wait);
    return;
  }
  await resizeRbdImage(rbd.client, rbd.image, size, { ...options, shrink: true });
  await refreshPool(connection, await lookupPoolByName(connection, volume.pool, wait), wait);
}

async function shrink(
  connection: LibvirtConnection,
  volume: VolumeRef,
  size: number,
  options: WaitOptions,
): Promise<void> {
  try {
    await resizeVolume(connection, volume, size, VolumeResize.shrink, options);
  } catch (error) {
    if (
      !isLibvirtError(error, ErrorCode.invalidArgument) ||
      !(error.raw ?? '').includes('existing allocation')
    )
      throw error;
    throw new VolumeProblem(
      'not-possible',
      t('libvirt does not shrink {0} below the space that it has taken already.', volume.name),
      { cause: error, raw: error.raw, advice: t('On the host: “qemu-img resize --shrink”.') },
    );
  }
}
