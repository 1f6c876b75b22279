import { readDiskSource } from '../../libvirt/model/disk.ts';
import type { XmlElement } from '../../libvirt/model/element.ts';
import type { NewElement } from '../../xml/writer.ts';
import type { DeviceChange } from './deviceChange.ts';
import { editable } from './deviceElement.ts';
import { diskType, formatOf, sourceElements } from './diskDrive.ts';
import { storageName, storageNameOfDisk, type AttachableSource } from './diskStorage.ts';

/** What a drive has because of the medium that is in it. */
const ofMedium = new Set(['auth', 'source', 'backingStore', 'mirror']);

/** Puts a medium into a drive in the place of what is in it, or with undefined takes it out. */
export function mediumChange(source: AttachableSource | undefined, force = false): DeviceChange {
  return {
    force,
    change: (element) => {
      const drive = editable(element);
      const kept = (drive.children ?? []).filter(({ name }) => !ofMedium.has(name));
      return {
        ...drive,
        attributes: { ...drive.attributes, type: diskType(source) },
        children: [...kept.map((child) => withFormat(child, source)), ...sourceElements(source)],
      };
    },
    isDone: (element) => nameOfMedium(element) === (source && storageName(source)),
  };
}

function withFormat(child: NewElement, source: AttachableSource | undefined): NewElement {
  return child.name === 'driver'
    ? { ...child, attributes: { ...child.attributes, type: formatOf(source) } }
    : child;
}

function nameOfMedium(element: XmlElement): string | undefined {
  const source = readDiskSource(element);
  return source && storageNameOfDisk(source);
}
