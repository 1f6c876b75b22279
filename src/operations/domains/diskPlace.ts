import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { RbdImage } from '../../ceph/rbd.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import type { DomainDisk, NetworkDiskSource } from '../../libvirt/model/disk.ts';
import type { PoolModel } from '../../libvirt/model/storagePool.ts';
import { parseRbdName, type SourceHost } from '../../libvirt/model/storageSource.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { PoolRef, VolumeRef } from '../../libvirt/protocol/refs.ts';
import { lookupPoolByName } from '../../libvirt/storagePools.ts';
import { lookupVolume, lookupVolumeByPath } from '../../libvirt/volumes.ts';
import type { LibvirtMachine } from '../volumes/cephClientOf.ts';
import { readPool } from '../volumes/rbdVolume.ts';

/** Where the data of a disk is, as something that can be copied and deleted. */
export type DiskPlace =
  /** A volume of an active pool of libvirt. */
  | {
      readonly kind: 'volume';
      readonly volume: VolumeRef;
      readonly pool: PoolRef;
      readonly poolModel: PoolModel;
    }
  /** An RBD image that no pool of libvirt lists. */
  | { readonly kind: 'image'; readonly image: RbdImage; readonly source: NetworkDiskSource }
  /** Nothing that libvirt manages: why. */
  | { readonly kind: 'elsewhere'; readonly reason: string };

/** undefined for an empty drive. */
export async function findDiskPlace(
  machine: LibvirtMachine,
  { source }: Pick<DomainDisk, 'source'>,
  options?: WaitOptions,
): Promise<DiskPlace | undefined> {
  switch (source?.type) {
    case undefined:
      return undefined;
    case 'file':
    case 'block':
      return inPool(machine, () => lookupVolumeByPath(machine.connection, source.path, options), options);
    case 'volume':
      return inPool(
        machine,
        async () => {
          const pool = await lookupPoolByName(machine.connection, source.pool, options);
          return lookupVolume(machine.connection, pool, source.volume, options);
        },
        options,
      );
    case 'network':
      return source.protocol === 'rbd'
        ? rbdPlace(machine, source, options)
        : {
            kind: 'elsewhere',
            reason: t('libvirt does not manage disks of the protocol {0}', source.protocol),
          };
    case 'dir':
    case 'other':
      return { kind: 'elsewhere', reason: t('libvirt does not manage disks of this type') };
  }
}

async function inPool(
  machine: LibvirtMachine,
  find: () => Promise<VolumeRef>,
  options?: WaitOptions,
): Promise<DiskPlace> {
  try {
    const volume = await find();
    const pool = await lookupPoolByName(machine.connection, volume.pool, options);
    return { kind: 'volume', volume, pool, poolModel: await readPool(machine, volume.pool, options) };
  } catch (error) {
    if (isLibvirtError(error, ErrorCode.noStorageVolume, ErrorCode.noStoragePool))
      return { kind: 'elsewhere', reason: t('it is in no active pool of the host') };
    if (isLibvirtError(error)) return { kind: 'elsewhere', reason: messageOf(error) };
    throw error;
  }
}

async function rbdPlace(
  machine: LibvirtMachine,
  source: NetworkDiskSource,
  options?: WaitOptions,
): Promise<DiskPlace> {
  const image = parseRbdName(source.name);
  if (!image) return { kind: 'elsewhere', reason: t('the name of its RBD image has no pool') };
  if (source.snapshot !== undefined)
    return { kind: 'elsewhere', reason: t('it is a snapshot of an RBD image') };
  const found = await inPool(
    machine,
    () => lookupVolumeByPath(machine.connection, source.name, options),
    options,
  );
  const isHere =
    found.kind === 'volume' &&
    found.poolModel.type === 'rbd' &&
    mayBeSameCluster(found.poolModel.hosts, source.hosts);
  return isHere ? found : { kind: 'image', image, source };
}

/** Two clusters may have pools and images of the same names; one that names no monitor uses the host's ceph.conf. */
function mayBeSameCluster(a: readonly SourceHost[], b: readonly SourceHost[]): boolean {
  return a.length === 0 || b.length === 0 || a.some(({ name }) => b.some((other) => other.name === name));
}

/** `rbd-pool/web1`, `libvirt-pool/web1 in Ceph`. */
export function placeName(place: Exclude<DiskPlace, { kind: 'elsewhere' }>): string {
  if (place.kind === 'volume') return `${place.volume.pool}/${place.volume.name}`;
  const { pool, namespace, image } = place.image;
  return t('{0} in Ceph', [pool, namespace, image].filter((part) => part !== undefined).join('/'));
}
