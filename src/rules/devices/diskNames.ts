import type { XmlElement } from '../../xml/document.ts';
import { attributeValue, childNamed } from '../../xml/queries.ts';
import { targetOf } from '../disks.ts';

/** What the names of disks begin with, by the bus they are on; libvirt guesses the bus by it where none is written. */
const prefixes: Readonly<Record<string, string>> = {
  virtio: 'vd',
  ide: 'hd',
  fdc: 'fd',
  scsi: 'sd',
  sata: 'sd',
  usb: 'sd',
  xen: 'xvd',
  uml: 'ubd',
  sd: 'sd',
};

/** `vd` for virtio; undefined for a bus that is not known. */
export function prefixForBus(bus: string): string | undefined {
  return Object.hasOwn(prefixes, bus) ? prefixes[bus] : undefined;
}

/** The bus of a disk: as written, or as libvirt takes it from the name. */
export function effectiveBusOf(disk: XmlElement): string | undefined {
  const target = childNamed(disk, 'target');
  const written = target && attributeValue(target, 'bus');
  if (written !== undefined) return written;
  const prefix = /^(vd|hd|fd|sd|xvd|ubd)[a-z]/.exec(targetOf(disk) ?? '')?.[1];
  return Object.entries(prefixes).find(([, known]) => known === prefix)?.[0];
}

/** The first name with the prefix that none of the disks has: `vdc`. */
export function freeTarget(prefix: string, disks: readonly XmlElement[]): string {
  const used = new Set(disks.map(targetOf));
  for (let index = 0; ; index++) {
    const name = prefix + lettersOf(index);
    if (!used.has(name)) return name;
  }
}

/** a ... z, aa, ab ... */
function lettersOf(index: number): string {
  const last = String.fromCharCode('a'.charCodeAt(0) + (index % 26));
  return index < 26 ? last : lettersOf(Math.floor(index / 26) - 1) + last;
}
