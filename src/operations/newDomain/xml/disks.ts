import type { NewElement } from '../../../xml/writer.ts';
import type { NewDisk, NewDomain } from '../newDomain.ts';
import type { DiskSource } from '../../storage/diskSource.ts';
import { diskSourceElements } from '../../storage/diskSourceElements.ts';
import { cdromBus, diskBus, targetNames, type Bus } from './buses.ts';

export function diskElements(domain: NewDomain): readonly NewElement[] {
  const buses = domain.disks.map(({ device }) =>
    device === 'cdrom' ? cdromBus(domain.machine) : diskBus(domain),
  );
  const names = targetNames(buses);
  return domain.disks.map((disk, index) =>
    diskElement(disk, { bus: buses[index] ?? 'virtio', name: names[index] ?? '' }),
  );
}

function diskElement(disk: NewDisk, { bus, name }: { readonly bus: Bus; readonly name: string }): NewElement {
  const { device, source, bootOrder } = disk;
  const isReadOnly = device === 'cdrom' || disk.isReadOnly === true;
  return {
    name: 'disk',
    attributes: { type: source === undefined ? 'file' : diskTypes[source.kind], device },
    children: [
      { name: 'driver', attributes: driverAttributes(source, isReadOnly) },
      ...(source === undefined ? [] : diskSourceElements(source)),
      { name: 'target', attributes: { dev: name, bus } },
      ...(bootOrder === undefined ? [] : [{ name: 'boot', attributes: { order: String(bootOrder) } }]),
      ...(isReadOnly ? [{ name: 'readonly' }] : []),
    ],
  };
}

/** The `type` of a disk. */
export const diskTypes: Readonly<Record<DiskSource['kind'], string>> = {
  file: 'file',
  block: 'block',
  rbd: 'network',
};

/**
 * What is freed in the guest is freed in the storage. RBD has a cache of its own, which `writeback` lets work and
 * flushes when the guest asks; a block device is written past the host's page cache.
 */
function driverAttributes(
  source: DiskSource | undefined,
  isReadOnly: boolean,
): Readonly<Record<string, string>> {
  const type = source === undefined || source.kind === 'rbd' ? 'raw' : source.format;
  const driver = { name: 'qemu', type };
  if (isReadOnly || source === undefined) return driver;
  switch (source.kind) {
    case 'file':
      return { ...driver, discard: 'unmap' };
    case 'block':
      return { ...driver, cache: 'none', io: 'native', discard: 'unmap' };
    case 'rbd':
      return { ...driver, cache: 'writeback', discard: 'unmap' };
  }
}
