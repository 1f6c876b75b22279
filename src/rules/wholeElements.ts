import type { XmlDocument, XmlElement } from '../xml/document.ts';
import { childElements } from '../xml/queries.ts';
import { oncePer } from './oncePer.ts';

/** What holds other things that stand for themselves: a missing end of it says nothing about them. */
const containers: ReadonlySet<string> = new Set([
  'domain',
  'inactiveDomain',
  'domainsnapshot',
  'domaincheckpoint',
  'devices',
]);

type ElementsByName = ReadonlyMap<string, readonly XmlElement[]>;

/**
 * libvirt's elements of that name, in the order of the document: read once for all rules. Left out are those whose own
 * tags are damaged or that are in an element whose tags are, because where they belong is a guess; and what is in
 * <metadata>, because it is not libvirt's. What is inside the elements may still be damaged: {@link isWhole}.
 */
export function elementsNamed(document: XmlDocument, localName: string): readonly XmlElement[] {
  return elementsByName(document).get(localName) ?? [];
}

/** Neither the element nor anything in it has a damaged tag. */
export function isWhole(element: XmlElement): boolean {
  return !element.damaged && childElements(element).every(isWhole);
}

const elementsByName = oncePer(({ children }: XmlDocument): ElementsByName => {
  const index = new Map<string, XmlElement[]>();
  const visit = (element: XmlElement): void => {
    const { localName, namespace, damaged } = element;
    if (damaged && !containers.has(localName)) return;
    if (namespace === '' && !damaged) {
      const known = index.get(localName);
      if (known === undefined) index.set(localName, [element]);
      else known.push(element);
    }
    if (localName !== 'metadata') for (const child of childElements(element)) visit(child);
  };
  for (const node of children) if (node.kind === 'element') visit(node);
  return index;
});
