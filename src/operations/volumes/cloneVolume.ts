import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { copyRbdImage } from '../../ceph/rbd.ts';
import type { CephRunOptions } from '../../ceph/cephProgram.ts';
import type { VolumeModel } from '../../libvirt/model/volume.ts';
import type { PoolModel } from '../../libvirt/model/storagePool.ts';
import type { PoolRef, VolumeRef } from '../../libvirt/protocol/refs.ts';
import { refreshPool } from '../../libvirt/storagePools.ts';
import { cloneVolume, createVolume, lookupVolume } from '../../libvirt/volumes.ts';
import { removeUnfinished } from '../images/unfinishedImage.ts';
import { rbdPlaceOfPool, type LibvirtMachine } from './cephClientOf.ts';
import { makeVolume } from './newVolume.ts';
import { rbdVolumeOf } from './rbdVolume.ts';
import { VolumeProblem } from './volumeProblem.ts';
import { volumeXml } from './volumeXml.ts';

export interface CloneHost extends LibvirtMachine {
  /** As people call it. */
  readonly name: string;
}

export interface CloneOrder {
  readonly source: VolumeRef;
  readonly model: VolumeModel;
  /** Where it is made. */
  readonly pool: PoolRef;
  readonly poolModel: PoolModel;
  readonly name: string;
  /** undefined where the pool has no choice. */
  readonly format: string | undefined;
  /** Whether it stands on its own, or holds only what differs from the source, which must then stay. */
  readonly kind: 'copy' | 'overlay';
}

/**
 * A new volume with the content of another one. A full copy of an RBD image is made by rbd, as libvirt makes only
 * overlays there. Cancelled, nothing is left as soon as libvirt is done.
 */
export async function cloneTo(
  host: CloneHost,
  order: CloneOrder,
  options: CephRunOptions = {},
): Promise<VolumeRef> {
  const { source, model, kind, poolModel } = order;
  if (poolModel.type === 'rbd' && kind === 'copy') return copyOnRbd(host, order, options);
  const { capacity = 0 } = model;
  const xml = volumeXml({
    name: order.name,
    capacity,
    allocation: poolModel.type === 'rbd' ? capacity : 0,
    format: order.format,
    encryptionSecret: model.encryptionSecret,
    ...(kind === 'overlay' && poolModel.type !== 'rbd'
      ? { backing: { path: model.path ?? source.key, format: model.format } }
      : {}),
  });
  const isOverlayFile = kind === 'overlay' && poolModel.type !== 'rbd';
  return makeVolume(
    host,
    () =>
      isOverlayFile
        ? createVolume(host.connection, order.pool, xml)
        : cloneVolume(host.connection, order.pool, xml, source),
    options,
  );
}

async function copyOnRbd(host: CloneHost, order: CloneOrder, options: CephRunOptions): Promise<VolumeRef> {
  const rbd = await rbdVolumeOf(host, order.source, { signal: options.signal });
  if (!rbd) throw new VolumeProblem('not-possible', t('Only RBD images can be copied into an RBD pool.'));
  const copy = { ...rbdPlaceOfPool(order.poolModel), image: order.name };
  try {
    await copyRbdImage(rbd.client, rbd.image, copy, options);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    await removeUnfinished(rbd.client, copy);
    throw new CancelledError();
  }
  // libvirt hears of what others have made only when it looks.
  await refreshPool(host.connection, order.pool);
  return lookupVolume(host.connection, order.pool, order.name);
}
