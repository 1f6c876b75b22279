import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { DiskSource as KnownSource } from '../../libvirt/model/disk.ts';
import { parseVolume, type VolumeModel } from '../../libvirt/model/volume.ts';
import type { PoolRef, VolumeRef } from '../../libvirt/protocol/refs.ts';
import { getVolumeXml } from '../../libvirt/volumes.ts';
import type { DiskSource } from '../storage/diskSource.ts';
import { readPoolOffer, type PoolOffer } from '../storage/poolOffer.ts';

/** Where the bytes of a disk are. A volume of a pool of another kind is named as such, and libvirt finds it. */
export type AttachableSource = (
  | DiskSource
  | { readonly kind: 'volume'; readonly pool: string; readonly volume: string; readonly format: string }
) & {
  /** The secret by whose passphrase it is opened, where it is encrypted with LUKS. */
  readonly luksSecret?: string | undefined;
};

/** Of what libvirt says of a volume, what QEMU knows; the rest it reads as it is: a partition, an ISO. */
const imageFormats = new Set(['qcow2', 'qcow', 'qed', 'vmdk', 'vdi', 'vpc', 'cow', 'cloop', 'dmg']);

export interface AttachableVolume {
  readonly source: AttachableSource;
  /** Bytes. */
  readonly capacity: number | undefined;
}

/**
 * An existing volume as a disk. Of an RBD pool: an image that QEMU opens by itself, with every monitor of the pool and
 * its login, the secret by its UUID also where the pool names it by usage.
 */
export async function attachableVolume(
  connection: LibvirtConnection,
  pool: PoolRef,
  volume: VolumeRef,
  options?: WaitOptions,
): Promise<AttachableVolume> {
  const [offer, xml] = await Promise.all([
    readPoolOffer(connection, pool, options),
    getVolumeXml(connection, volume, options),
  ]);
  const model = await parseVolume(xml);
  const source = sourceOf(offer, pool, model);
  const luksSecret = model.encryption === 'luks' ? model.encryptionSecret : undefined;
  return { source: luksSecret === undefined ? source : { ...source, luksSecret }, capacity: model.capacity };
}

function sourceOf(offer: PoolOffer | undefined, pool: PoolRef, volume: VolumeModel): AttachableSource {
  const { path, name } = volume;
  const format = imageFormat(volume.format);
  if (offer?.kind === 'rbd' && offer.rbd) {
    return { ...offer.rbd, image: path ?? `${offer.model.sourceName ?? ''}/${name}` };
  }
  if (!path?.startsWith('/')) return { kind: 'volume', pool: pool.name, volume: name, format };
  return { kind: volume.type === 'block' ? 'block' : 'file', path, format };
}

/** @param format as libvirt says it of a volume */
export function imageFormat(format: string | undefined): string {
  return format !== undefined && imageFormats.has(format) ? format : 'raw';
}

/** The same words for the same storage, as `KnownDisk.storage` of the host's knowledge; undefined for other kinds. */
export function storageName(source: AttachableSource): string {
  switch (source.kind) {
    case 'file':
    case 'block':
      return `${source.kind}:${source.path}`;
    case 'rbd':
      return `rbd:${source.image}`;
    case 'volume':
      return `volume:${source.pool}/${source.volume}`;
  }
}

/** The same of a disk that a domain has. */
export function storageNameOfDisk(source: KnownSource): string | undefined {
  switch (source.type) {
    case 'file':
    case 'block':
      return `${source.type}:${source.path}`;
    case 'volume':
      return `volume:${source.pool}/${source.volume}`;
    case 'network':
      return source.protocol === 'rbd' ? `rbd:${source.name}` : undefined;
    case 'dir':
    case 'other':
      return undefined;
  }
}
