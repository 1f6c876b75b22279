import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeValue, childNamed, childrenNamed, elementsOf } from '../../xml/queries.ts';
import type { Monitor } from '../hostKnowledge.ts';

/** A disk of a domain that QEMU opens through librbd. */
export interface RbdDisk {
  readonly element: XmlElement;
  readonly source: XmlElement;
  /** `pool/image`, as written. */
  readonly image: string;
  /** `vda`; undefined when it is missing. */
  readonly target: string | undefined;
  readonly hosts: readonly Monitor[];
  /** Under <source>, or under <disk> as before libvirt 3.9.0 and as libvirt still writes it. */
  readonly auth: XmlElement | undefined;
  /** Names a Ceph configuration, which may name a user and keyring as well. */
  readonly hasConfigFile: boolean;
}

/**
 * The RBD disks of the domain that the document describes, or that a snapshot or checkpoint in it keeps, or the one
 * that is to be attached. Disks without an image are left out.
 */
export function rbdDisksOf(document: XmlDocument): RbdDisk[] {
  return [...elementsOf(document)].filter(isDisk).flatMap((element) => {
    const source = childNamed(element, 'source');
    const image = source === undefined ? undefined : attributeValue(source, 'name');
    const isRbd =
      attributeValue(element, 'type') === 'network' &&
      source !== undefined &&
      attributeValue(source, 'protocol') === 'rbd';
    if (!isRbd || image === undefined || image === '') return [];
    const target = childNamed(element, 'target');
    return [
      {
        element,
        source,
        image,
        target: target === undefined ? undefined : attributeValue(target, 'dev'),
        hosts: childrenNamed(source, 'host').flatMap(monitorOf),
        auth: childNamed(element, 'auth') ?? childNamed(source, 'auth'),
        hasConfigFile: childNamed(source, 'config') !== undefined,
      },
    ];
  });
}

function isDisk({ name, parent }: XmlElement): boolean {
  if (name !== 'disk') return false;
  if (parent === undefined) return true;
  const domain = parent.name === 'devices' ? parent.parent?.name : undefined;
  return domain === 'domain' || domain === 'inactiveDomain';
}

function monitorOf(host: XmlElement): Monitor[] {
  const name = attributeValue(host, 'name');
  const port = /^\d+$/.exec(attributeValue(host, 'port') ?? '')?.[0];
  return name === undefined ? [] : [{ name, port: port === undefined ? undefined : Number(port) }];
}
