import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeValue, childElements, childNamed, childrenNamed } from '../../xml/queries.ts';
import { oncePer } from '../oncePer.ts';
import { elementsNamed, isWhole } from '../wholeElements.ts';

/** A domain that a document describes: the document itself, or one that a snapshot or checkpoint keeps. */
export interface WrittenDomain {
  readonly element: XmlElement;
  /** What is directly below `<devices>` and has no damaged tags. */
  readonly devices: readonly XmlElement[];
  /** Run by QEMU, or not said. */
  readonly isQemu: boolean;
  /** As written, in lower case: `q35`, `pc-i440fx-7.2`. */
  readonly machine: string | undefined;
  readonly architecture: string | undefined;
}

/** The domains of the document whose own tags are whole. */
export const writtenDomainsOf = oncePer((document: XmlDocument): readonly WrittenDomain[] =>
  ['domain', 'inactiveDomain']
    .flatMap((name) => elementsNamed(document, name))
    .filter(({ parent }) => parent === undefined || keepsDomains.has(parent.name))
    .map(readDomain),
);

const keepsDomains: ReadonlySet<string> = new Set(['domainsnapshot', 'domaincheckpoint']);

function readDomain(element: XmlElement): WrittenDomain {
  const type = attributeValue(element, 'type');
  const osType = wholeDescendant(element, 'os', 'type');
  return {
    element,
    devices: childrenNamed(element, 'devices')
      .filter(({ damaged }) => !damaged)
      .flatMap(childElements)
      .filter((device) => device.namespace === '' && isWhole(device)),
    isQemu: type === undefined || /^(?:qemu|kvm|hvf)$/.test(type),
    machine: osType && attributeValue(osType, 'machine')?.toLowerCase(),
    architecture: osType && attributeValue(osType, 'arch'),
  };
}

export function devicesNamed({ devices }: WrittenDomain, ...names: readonly string[]): readonly XmlElement[] {
  return devices.filter(({ localName }) => names.includes(localName));
}

/** The devices of that name of all domains that QEMU runs. */
export function qemuDevices(document: XmlDocument, name: string): readonly XmlElement[] {
  return writtenDomainsOf(document)
    .filter(({ isQemu }) => isQemu)
    .flatMap((domain) => devicesNamed(domain, name));
}

/** The element that the path of names leads to; undefined when there is none, or tags on the way or in it are damaged. */
export function wholeDescendant(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  let found: XmlElement | undefined = element;
  for (const name of path) {
    found = found === undefined ? undefined : childNamed(found, name);
    if (found?.damaged === true) return undefined;
  }
  return found !== undefined && isWhole(found) ? found : undefined;
}

/** The bus of a disk as written. */
export function busOf(disk: XmlElement): string | undefined {
  const target = childNamed(disk, 'target');
  return target && attributeValue(target, 'bus');
}

export function isQ35({ machine }: WrittenDomain): boolean {
  return machine !== undefined && /^(?:pc-)?q35(?:-|$)/.test(machine);
}
