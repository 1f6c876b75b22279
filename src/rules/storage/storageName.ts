import type { XmlElement } from '../../xml/document.ts';
import { attributeValue, childNamed } from '../../xml/queries.ts';
import type { KnownDisk } from '../hostKnowledge.ts';

/** What a disk reads, in the words of `KnownDisk.storage`; undefined for an empty drive and what has no such name. */
export function storageOf(disk: XmlElement): string | undefined {
  const source = childNamed(disk, 'source');
  if (source === undefined) return undefined;
  const attribute = (name: string): string => attributeValue(source, name) ?? '';
  switch (attributeValue(disk, 'type')) {
    case 'file':
      return named('file', attribute('file'));
    case 'block':
      return named('block', attribute('dev'));
    case 'dir':
      return named('dir', attribute('dir'));
    case 'volume':
      return attribute('volume') === '' ? undefined : `volume:${attribute('pool')}/${attribute('volume')}`;
    case 'network':
      return attribute('protocol') === 'rbd' ? named('rbd', imageOf(source)) : undefined;
    default:
      return undefined;
  }
}

/** Several disks may have a storage at once when each only reads, or each says that it shares. */
export type Sharing = Pick<KnownDisk, 'isReadOnly' | 'isShareable'>;

export function sharingOf(disk: XmlElement): Sharing {
  const transient = childNamed(disk, 'transient');
  const writesElsewhere = transient !== undefined && attributeValue(transient, 'shareBacking') === 'yes';
  return {
    isReadOnly:
      writesElsewhere ||
      childNamed(disk, 'readonly') !== undefined ||
      attributeValue(disk, 'device') === 'cdrom',
    isShareable: childNamed(disk, 'shareable') !== undefined,
  };
}

function imageOf(source: XmlElement): string {
  const name = attributeValue(source, 'name') ?? '';
  const snapshot = childNamed(source, 'snapshot');
  const snapshotName = snapshot && attributeValue(snapshot, 'name');
  return name === '' || snapshotName === undefined ? name : `${name}@${snapshotName}`;
}

function named(kind: string, name: string): string | undefined {
  return name === '' ? undefined : `${kind}:${name}`;
}
