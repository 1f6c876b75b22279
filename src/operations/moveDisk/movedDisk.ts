import type { XmlElement } from '../../libvirt/model/element.ts';
import type { NewElement } from '../../xml/writer.ts';
import { editable } from '../devices/deviceElement.ts';
import { diskType, formatOf, sourceElements } from '../devices/diskDrive.ts';
import type { AttachableSource } from '../devices/diskStorage.ts';

export interface MovedDiskOptions {
  /** Lets libvirt choose the address on the bus anew: the guest may see the disk elsewhere. */
  readonly renewAddress: boolean;
}

/** What belongs to the old image. */
const ofOldImage = new Set(['source', 'auth', 'backingStore', 'mirror', 'encryption', 'driver']);

/**
 * The disk with another source. The guest sees the same disk: target, bus, serial number, WWN, block sizes, boot order,
 * limits and, unless told otherwise, address stay.
 */
export function movedDisk(
  element: XmlElement,
  destination: AttachableSource,
  { renewAddress }: MovedDiskOptions,
): NewElement {
  const { attributes = {}, children = [], ...disk } = editable(element);
  const driver = children.find(({ name }) => name === 'driver');
  const isDropped = (name: string): boolean => ofOldImage.has(name) || (renewAddress && name === 'address');
  return {
    ...disk,
    attributes: {
      ...attributes,
      type: diskType(destination),
      // Snapshots within the image are a matter of qcow2.
      snapshot:
        formatOf(destination) === 'raw' && attributes['snapshot'] === 'internal'
          ? undefined
          : attributes['snapshot'],
    },
    children: [
      movedDriver(driver, destination),
      ...sourceElements(destination),
      ...children.filter(({ name }) => !isDropped(name)),
    ],
  };
}

/** Cache, queues, I/O threads and the like stay. What the guest frees is freed in Ceph, unless it was forbidden. */
function movedDriver(driver: NewElement | undefined, destination: AttachableSource): NewElement {
  const { attributes = {}, children = [] } = driver ?? {};
  const isRbd = destination.kind === 'rbd';
  return {
    name: 'driver',
    attributes: {
      ...attributes,
      name: attributes['name'] ?? 'qemu',
      type: formatOf(destination),
      discard: attributes['discard'] ?? (isRbd ? 'unmap' : undefined),
      // Linux's ways of reading files.
      io: isRbd ? undefined : attributes['io'],
      copy_on_read: undefined,
    },
    children: children.filter(({ name }) => name !== 'metadata_cache'),
  };
}
