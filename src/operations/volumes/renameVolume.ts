import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { renameRbdImage } from '../../ceph/rbd.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import { lookupPoolByName, refreshPool } from '../../libvirt/storagePools.ts';
import type { LibvirtMachine } from './cephClientOf.ts';
import { rbdVolumeOf } from './rbdVolume.ts';
import { VolumeProblem } from './volumeProblem.ts';

/** Renames an RBD image; libvirt has no renaming of volumes. Definitions that name it are not changed. */
export async function renameVolume(
  machine: LibvirtMachine,
  volume: VolumeRef,
  name: string,
  options: WaitOptions = {},
): Promise<void> {
  const rbd = await rbdVolumeOf(machine, volume, options);
  if (!rbd) throw new VolumeProblem('not-possible', t('libvirt cannot rename this volume.'));
  await renameRbdImage(rbd.client, rbd.image, name, options);
  const { connection } = machine;
  await refreshPool(connection, await lookupPoolByName(connection, volume.pool));
}
