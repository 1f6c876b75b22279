import type { XmlElement } from '../document.ts';
import type { DocumentKind } from '../roots.ts';

/** What is inside another object's document is described where that object is. */
const embedded = /^(?:domainsnapshot|domaincheckpoint)\/(?:domain|inactiveDomain)\b/;
/** Each image of a chain is described as the first. */
const chain = /(\/backingStore)(?:\/backingStore)+/g;

/** Where an element is in the documentation: `domain/devices/disk/source`, also for a disk in a snapshot or alone. */
export function documentPath(element: XmlElement, kind: DocumentKind | undefined): string {
  const names: string[] = [];
  for (let at: XmlElement | undefined = element; at; at = at.parent) names.unshift(at.localName);
  if (kind === 'device') names.unshift('domain', 'devices');
  return names.join('/').replace(embedded, 'domain').replace(chain, '$1');
}
