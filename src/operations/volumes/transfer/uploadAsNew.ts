import { messageOf } from '../../../base/errors.ts';
import type { PoolRef, VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { refreshPool } from '../../../libvirt/storagePools.ts';
import { createVolume, isRbdVolume } from '../../../libvirt/volumes.ts';
import { t } from '../../../base/l10n.ts';
import { deleteLeftOver } from '../newVolume.ts';
import { readPool } from '../rbdVolume.ts';
import { offerOfPool } from '../poolOffer.ts';
import { VolumeProblem } from '../volumeProblem.ts';
import { volumeXml } from '../volumeXml.ts';
import type { TransferHost, TransferOptions } from './transferHost.ts';
import { uploadFile } from './uploadFile.ts';

export interface NewUpload {
  readonly name: string;
  /** On this machine. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * A file of this machine becomes a volume, byte by byte: of a qcow2 file libvirt finds out the format by itself. When it
 * fails or is cancelled, the volume is deleted, or a VolumeProblem says that it is still there.
 */
export async function uploadAsNew(
  host: TransferHost & { readonly name: string },
  pool: PoolRef,
  { name, path, size }: NewUpload,
  options: TransferOptions = {},
): Promise<VolumeRef> {
  const { connection } = host;
  const { signal } = options;
  const { type } = await readPool(host, pool.name, { signal });
  const hasFormats = (offerOfPool(type)?.formats.length ?? 0) > 0;
  const xml = volumeXml({
    name,
    capacity: Math.ceil(size / sector) * sector,
    ...(hasFormats && { capacity: size, allocation: 0, format: 'raw' }),
  });
  const volume = await createVolume(connection, pool, xml);
  try {
    await uploadFile(host, volume, path, { ...options, size, isFresh: true });
  } catch (error) {
    await deleteLeftOver(host, volume);
    throw error;
  }
  await noticed(host, pool, volume);
  return volume;
}

const sector = 512;

/** libvirt looks again by itself, a moment later; what is shown next shall be right already. */
async function noticed(
  { connection, name }: TransferHost & { readonly name: string },
  pool: PoolRef,
  volume: VolumeRef,
): Promise<void> {
  if (isRbdVolume(volume)) return;
  try {
    await refreshPool(connection, pool);
  } catch (error) {
    throw new VolumeProblem(
      'not-listed',
      t(
        '{0} was uploaded, but libvirt on {1} cannot read the pool {2} again: {3}',
        volume.name,
        name,
        pool.name,
        messageOf(error),
      ),
      { cause: error },
    );
  }
}
