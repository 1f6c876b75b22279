import type { XmlDocument, XmlElement } from '../xml/document.ts';
import { attributeValue, childNamed } from '../xml/queries.ts';
import { oncePer } from './oncePer.ts';
import { elementsNamed, isWhole } from './wholeElements.ts';

/**
 * The disks of the domain that the document describes, or that a snapshot or checkpoint in it keeps, or the one that is
 * to be attached; those alone that have no damaged tags.
 */
export const disksOf = oncePer((document: XmlDocument): readonly XmlElement[] =>
  elementsNamed(document, 'disk').filter((element) => isDisk(element) && isWhole(element)),
);

/** What the guest sees the disk as: `vda`. */
export function targetOf(disk: XmlElement): string | undefined {
  const target = childNamed(disk, 'target');
  return target === undefined ? undefined : attributeValue(target, 'dev');
}

function isDisk({ parent }: XmlElement): boolean {
  if (parent === undefined) return true;
  const domain = parent.name === 'devices' ? parent.parent?.name : undefined;
  return domain === 'domain' || domain === 'inactiveDomain';
}
