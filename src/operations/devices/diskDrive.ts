import type { NewElement } from '../../xml/writer.ts';
import { diskSourceElements } from '../storage/diskSourceElements.ts';
import type { DiskPlace } from './diskPlaces.ts';
import type { AttachableSource } from './diskStorage.ts';

/** A disk or drive that is to be attached. */
export interface DiskDrive {
  readonly device: 'disk' | 'cdrom' | 'floppy';
  /** undefined: an empty drive. */
  readonly source: AttachableSource | undefined;
  readonly place: DiskPlace;
  /** `none`, `writeback` ...; undefined: QEMU's default. */
  readonly cache: string | undefined;
  /** `unmap`: what the guest frees is freed in the storage. */
  readonly discard: 'unmap' | 'ignore' | undefined;
  /** What the guest sees as the disk's serial number; undefined: none. */
  readonly serial: string | undefined;
  readonly readOnly: boolean;
  readonly shareable: boolean;
}

/** The `<disk>` that libvirt takes. */
export function diskDriveElement(drive: DiskDrive): NewElement {
  const { source, device, place, serial } = drive;
  const driver = { type: formatOf(source), cache: drive.cache, discard: drive.discard };
  return {
    name: 'disk',
    attributes: { type: diskType(source), device },
    children: [
      { name: 'driver', attributes: { name: 'qemu', ...driver } },
      ...sourceElements(source),
      { name: 'target', attributes: { dev: place.target, bus: place.bus } },
      ...(drive.readOnly || device === 'cdrom' ? [{ name: 'readonly' }] : []),
      ...(drive.shareable ? [{ name: 'shareable' }] : []),
      ...(serial === undefined ? [] : [{ name: 'serial', text: serial }]),
      ...driveAddress(place),
    ],
  };
}

/** The attribute `type` of a disk with this source. */
export function diskType(source: AttachableSource | undefined): string {
  if (source === undefined) return 'file';
  return source.kind === 'rbd' ? 'network' : source.kind;
}

/** The `<auth>` and the `<source>` of a disk; none of an empty drive. */
export function sourceElements(source: AttachableSource | undefined): readonly NewElement[] {
  if (source === undefined) return [];
  const elements =
    source.kind === 'volume'
      ? [{ name: 'source', attributes: { pool: source.pool, volume: source.volume } }]
      : diskSourceElements(source);
  const { luksSecret } = source;
  if (luksSecret === undefined) return elements;
  return elements.map((element) => (element.name === 'source' ? withLuks(element, luksSecret) : element));
}

function withLuks(source: NewElement, uuid: string): NewElement {
  const secret = { name: 'secret', attributes: { type: 'passphrase', uuid } };
  const encryption = { name: 'encryption', attributes: { format: 'luks' }, children: [secret] };
  return { ...source, children: [...(source.children ?? []), encryption] };
}

/** What QEMU is to read the bytes as. */
export function formatOf(source: AttachableSource | undefined): string {
  return source === undefined || source.kind === 'rbd' ? 'raw' : source.format;
}

function driveAddress({ drive }: DiskPlace): readonly NewElement[] {
  if (!drive) return [];
  const numbers = Object.entries(drive).map(([name, value]) => [name, String(value)] as const);
  return [{ name: 'address', attributes: { type: 'drive', ...Object.fromEntries(numbers) } }];
}
