import type { XmlDocument } from '../xml/document.ts';
import { attributeValue, childNamed, elementsOf, textOf } from '../xml/queries.ts';
import type { DomainKind, HostKnowledge, KnownDomainCapabilities } from './hostKnowledge.ts';
import { isSameKind } from './sameKind.ts';

/** What the domain of a document says of its machine; undefined when the document is no domain. */
export function domainKindOf(document: XmlDocument): DomainKind | undefined {
  const [domain] = elementsOf(document);
  if (domain?.localName !== 'domain') return undefined;
  const os = childNamed(domain, 'os');
  const type = os && childNamed(os, 'type');
  const devices = childNamed(domain, 'devices');
  const emulator = devices && childNamed(devices, 'emulator');
  const given = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
  return {
    emulator: given(emulator && textOf(emulator).trim()),
    architecture: given(type && attributeValue(type, 'arch')),
    machine: given(type && attributeValue(type, 'machine')),
    virtType: given(attributeValue(domain, 'type')),
  };
}

/** What the host can do for such a domain; undefined while it is not known. */
export function domainCapabilitiesFor(
  { domainCapabilities }: Pick<HostKnowledge, 'domainCapabilities'>,
  kind: DomainKind,
): KnownDomainCapabilities | undefined {
  return domainCapabilities?.find(({ kinds }) => kinds.some((known) => isSameKind(known, kind)));
}
