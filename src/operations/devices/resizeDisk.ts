import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { getDiskSizes, resizeDisk } from '../../libvirt/domainDevices.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import type { DomainDisk } from '../../libvirt/model/disk.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import { lookupPoolByName } from '../../libvirt/storagePools.ts';
import { getVolumeInfo, lookupVolume, lookupVolumeByPath } from '../../libvirt/volumes.ts';
import type { Transport } from '../../transport/transport.ts';
import { resizeVolumeTo } from '../volumes/resizeVolumeTo.ts';
import type { DomainPlace } from './deviceChange.ts';
import { DeviceProblem, explainDeviceFailure } from './deviceProblem.ts';

/** A disk that can be resized: by QEMU while its domain runs, else as the volume that it is. */
export interface ResizableDisk {
  /** Bytes. */
  readonly capacity: number;
  /** @param size in bytes; smaller than the capacity cuts off what is behind */
  readonly resize: (size: number, options?: WaitOptions) => Promise<void>;
}

export async function readResizableDisk(
  place: DomainPlace & { readonly transport: Transport },
  disk: DomainDisk,
  active: boolean,
  options?: WaitOptions,
): Promise<ResizableDisk> {
  const { connection, domain } = place;
  const { target } = disk;
  const explained = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      throw explainDeviceFailure(
        error,
        t('{0} of {1} on {2} was not resized', target, domain.name, connection.host),
      );
    }
  };
  if (active) {
    const { capacity } = await getDiskSizes(connection, domain, target, options);
    return {
      capacity,
      resize: (size, wait) => explained(resizeDisk(connection, domain, target, size, wait)),
    };
  }
  const volume = await volumeOf(place, disk, options);
  const { capacity } = await getVolumeInfo(connection, volume, options);
  return {
    capacity,
    resize: (size, wait) => explained(resizeVolumeTo(place, volume, size, wait)),
  };
}

/** The volume of an active pool that the disk is. */
export async function volumeOf(
  { connection, domain }: DomainPlace,
  { source, target }: DomainDisk,
  options?: WaitOptions,
): Promise<VolumeRef> {
  try {
    switch (source?.type) {
      case 'file':
      case 'block':
        return await lookupVolumeByPath(connection, source.path, options);
      case 'volume':
        return await lookupVolume(
          connection,
          await lookupPoolByName(connection, source.pool, options),
          source.volume,
          options,
        );
      case 'network':
        return await lookupVolumeByPath(connection, source.name, options);
      default:
        break;
    }
  } catch (error) {
    if (!isLibvirtError(error, ErrorCode.noStorageVolume, ErrorCode.noStoragePool)) throw error;
  }
  throw new DeviceProblem(
    'missing-image',
    t(
      'The storage of {0} of {1} is no volume of an active pool on {2}.',
      target,
      domain.name,
      connection.host,
    ),
    t('Start or refresh the pool that has it, or do it while the domain runs.'),
  );
}
