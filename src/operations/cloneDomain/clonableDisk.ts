import { posix } from 'node:path';
import { CancelledError, messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { isCephError } from '../../ceph/cephError.ts';
import { listRbdImages, type RbdImage } from '../../ceph/rbd.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import type { DomainDisk } from '../../libvirt/model/disk.ts';
import { parseRbdName } from '../../libvirt/model/storageSource.ts';
import type { PoolModel } from '../../libvirt/model/storagePool.ts';
import { parseVolume, type VolumeModel } from '../../libvirt/model/volume.ts';
import type { PoolRef, VolumeRef } from '../../libvirt/protocol/refs.ts';
import { getVolumeXml, listVolumes } from '../../libvirt/volumes.ts';
import { findDiskPlace } from '../domains/diskPlace.ts';
import { cephClientOfDisk, cephClientOfPool, type LibvirtMachine } from '../volumes/cephClientOf.ts';
import { replaceName } from './cloneEdits.ts';

/** Where the data of a disk is, as it is copied. */
export type CloneSource =
  | {
      readonly kind: 'rbd';
      readonly client: CephClient;
      readonly image: RbdImage;
      /** libvirt's pool that lists it. */
      readonly pool: PoolRef | undefined;
    }
  | {
      readonly kind: 'volume';
      readonly volume: VolumeRef;
      readonly model: VolumeModel;
      readonly pool: PoolRef;
      readonly poolModel: PoolModel;
    };

export type DiskChoice = 'copy' | 'overlay' | 'share' | 'leave out';

export interface ClonableDisk {
  readonly disk: DomainDisk;
  /** undefined where it cannot be copied. */
  readonly source: CloneSource | undefined;
  /** What can be done with it, the usual first. */
  readonly choices: readonly DiskChoice[];
  /** Why it cannot be copied. */
  readonly obstacle: string | undefined;
  /** The names in the place where a copy would be. */
  readonly taken: ReadonlySet<string>;
}

/** Pools of files, where one may be based on another. */
const filePools = new Set(['dir', 'fs', 'netfs']);

/** @param isOn whether the domain writes to its disks: then only RBD images, which have snapshots, can be copied */
export async function readClonableDisk(
  machine: LibvirtMachine,
  disk: DomainDisk,
  isOn: boolean,
  options?: WaitOptions,
): Promise<ClonableDisk> {
  try {
    return await lookAtDisk(machine, disk, isOn, options);
  } catch (error) {
    if (!(error instanceof Problem) || error instanceof CancelledError) throw error;
    return { ...keptDisk(disk), obstacle: messageOf(error) };
  }
}

function keptDisk(disk: DomainDisk): ClonableDisk {
  return { disk, source: undefined, choices: ['share', 'leave out'], obstacle: undefined, taken: new Set() };
}

async function lookAtDisk(
  machine: LibvirtMachine,
  disk: DomainDisk,
  isOn: boolean,
  options?: WaitOptions,
): Promise<ClonableDisk> {
  const kept = keptDisk(disk);
  if (disk.device === 'cdrom' || disk.device === 'floppy' || disk.source === undefined) return kept;
  const place = await findDiskPlace(machine, disk, options);
  const isShared = disk.readOnly || disk.shareable;
  const withSource = async (source: CloneSource): Promise<ClonableDisk> => {
    const copies = copiesOf(source);
    const choices: readonly DiskChoice[] = isShared
      ? ['share', ...copies, 'leave out']
      : [...copies, 'share', 'leave out'];
    return { ...kept, source, choices, taken: await takenBeside(machine, source, options) };
  };
  switch (place?.kind) {
    case undefined:
      return kept;
    case 'elsewhere':
      return { ...kept, obstacle: place.reason };
    case 'image': {
      const client = await cephClientOfDisk(machine, place.source, options);
      return withSource({ kind: 'rbd', client, image: place.image, pool: undefined });
    }
    case 'volume': {
      const { volume, pool, poolModel } = place;
      const image = poolModel.type === 'rbd' ? parseRbdName(volume.key) : undefined;
      if (image) {
        const client = await cephClientOfPool(machine, poolModel, options);
        try {
          return await withSource({ kind: 'rbd', client, image, pool });
        } catch (error) {
          // Without rbd on the host, libvirt itself can still make overlays of a domain that is off.
          if (isOn || !isCephError(error, 'no-program')) throw error;
        }
      }
      if (isOn)
        return {
          ...kept,
          obstacle: t('it is being written: a copy would be torn. Shut the domain down first'),
        };
      const model = await parseVolume(await getVolumeXml(machine.connection, volume, options));
      return withSource({ kind: 'volume', volume, model, pool, poolModel });
    }
  }
}

function copiesOf(source: CloneSource): readonly DiskChoice[] {
  if (source.kind === 'rbd' || filePools.has(source.poolModel.type)) return ['copy', 'overlay'];
  return source.poolModel.type === 'rbd' ? ['overlay'] : ['copy'];
}

async function takenBeside(
  machine: LibvirtMachine,
  source: CloneSource,
  options?: WaitOptions,
): Promise<ReadonlySet<string>> {
  if (source.kind === 'rbd') return new Set(await listRbdImages(source.client, source.image, options));
  const volumes = await listVolumes(machine.connection, source.pool, options);
  return new Set(volumes.map(({ name }) => name));
}

/** A name for the copy: the new domain's in place of the old one's; a free one. */
export function proposeVolumeName(
  { source, taken }: Pick<ClonableDisk, 'source' | 'taken'>,
  choice: DiskChoice,
  before: string,
  after: string,
): string {
  if (!source) return '';
  const name = source.kind === 'rbd' ? source.image.image : source.volume.name;
  const parts = source.kind === 'rbd' ? { name, ext: '' } : posix.parse(name);
  const stem = replaceName(parts.name, before, after) ?? `${parts.name}-${after}`;
  const isOther = choice === 'overlay' && source.kind === 'volume' && source.model.format !== 'qcow2';
  const extension = isOther && /^\.(?:img|raw)$/.test(parts.ext) ? '.qcow2' : parts.ext;
  for (let number = 1; ; number += 1) {
    const proposed = `${stem}${number === 1 ? '' : `-${number}`}${extension}`;
    if (!taken.has(proposed)) return proposed;
  }
}
