import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import type { TextEdit } from '../../xml/edits.ts';
import { removeElement } from '../../xml/elementEdits.ts';
import { attributeValue, childNamed } from '../../xml/queries.ts';
import { libvirtLayout, writeElement } from '../../xml/writer.ts';
import { setAttribute } from './cloneEdits.ts';
import type { ClonedDisk } from './cloneXml.ts';

/** The edits that give a disk of the clone its own storage. The serial number stays: by it the guest finds the disk. */
export function diskEdits(
  document: XmlDocument,
  disk: XmlElement,
  disks: ReadonlyMap<string, ClonedDisk>,
): readonly TextEdit[] {
  const target = childNamed(disk, 'target');
  const cloned = disks.get((target && attributeValue(target, 'dev')) ?? '') ?? { kind: 'same' };
  if (cloned.kind === 'same') return [];
  if (cloned.kind === 'left out') return [removeElement(document, disk)];
  if (cloned.kind === 'replaced')
    return [{ range: disk.range, newText: writeElement(cloned.element, libvirtLayout) }];
  const source = childNamed(disk, 'source');
  if (!source) return [];
  // libvirt finds out again what is below the image; the name that is unique in the world is the original's.
  const dropped = ['backingStore', 'wwn']
    .map((name) => childNamed(disk, name))
    .filter((element) => element !== undefined);
  return [
    ...sourceEdits(document, disk, source, cloned),
    ...dropped.map((element) => removeElement(document, element)),
  ];
}

function sourceEdits(
  document: XmlDocument,
  disk: XmlElement,
  source: XmlElement,
  cloned: Exclude<ClonedDisk, { kind: 'same' | 'left out' | 'replaced' }>,
): readonly TextEdit[] {
  switch (cloned.kind) {
    case 'path': {
      const name = attributeValue(disk, 'type') === 'block' ? 'dev' : 'file';
      return [
        ...setAttribute(document, source, name, cloned.path),
        ...formatEdits(document, disk, cloned.format),
      ];
    }
    case 'volume':
      return [
        ...setAttribute(document, source, 'volume', cloned.volume),
        ...formatEdits(document, disk, cloned.format),
      ];
    case 'image':
      return setAttribute(document, source, 'name', cloned.name);
  }
}

function formatEdits(
  document: XmlDocument,
  disk: XmlElement,
  format: string | undefined,
): readonly TextEdit[] {
  const driver = childNamed(disk, 'driver');
  return driver && format !== undefined ? setAttribute(document, driver, 'type', format) : [];
}
