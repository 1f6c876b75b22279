import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeValue, childNamed } from '../../xml/queries.ts';
import { disksOf, targetOf } from '../disks.ts';
import { oncePer } from '../oncePer.ts';
import { type WrittenMonitor, writtenMonitors } from './monitors.ts';

/** A disk of a domain that QEMU opens through librbd. */
export interface RbdDisk {
  readonly element: XmlElement;
  readonly source: XmlElement;
  /** `pool/image`, as written. */
  readonly image: string;
  /** `vda`; undefined when it is missing. */
  readonly target: string | undefined;
  readonly hosts: readonly WrittenMonitor[];
  /** Under <source>, or under <disk> as before libvirt 3.9.0 and as libvirt still writes it. */
  readonly auth: XmlElement | undefined;
  /** Names a Ceph configuration, which may name monitors, a user and a keyring as well. */
  readonly hasConfigFile: boolean;
}

/** The disks of {@link disksOf} that are RBD. Those without an image are left out. */
export const rbdDisksOf = oncePer((document: XmlDocument): readonly RbdDisk[] =>
  disksOf(document).flatMap((element) => {
    const source = childNamed(element, 'source');
    const image = source === undefined ? undefined : attributeValue(source, 'name');
    const isRbd =
      attributeValue(element, 'type') === 'network' &&
      source !== undefined &&
      attributeValue(source, 'protocol') === 'rbd';
    if (!isRbd || image === undefined || image === '') return [];
    return [
      {
        element,
        source,
        image,
        target: targetOf(element),
        hosts: writtenMonitors(source),
        auth: childNamed(element, 'auth') ?? childNamed(source, 'auth'),
        hasConfigFile: childNamed(source, 'config') !== undefined,
      },
    ];
  }),
);
