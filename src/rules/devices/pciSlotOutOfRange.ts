import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlAttribute, XmlDocument } from '../../xml/document.ts';
import { removal } from '../../xml/fixes/removal.ts';
import type { Fix } from '../../xml/fix.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { type WrittenDomain, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, possibleFix, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { type PciAddress, pciAddressOf } from './addresses.ts';
import { type PciBus, pciBusOf } from './pciControllers.ts';

/** A PCI address that the bus of the guest does not have. */
export const pciSlotOutOfRange: Rule = {
  id: 'pci-slot-out-of-range',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/pci-addresses.html',
  explanation: () =>
    t(
      'A PCI Express port has one slot, 0; a conventional bus and the root have the slots 1 to 31. libvirt refuses other addresses ("slot must be <= 0"). For a bus that has no <controller> it adds one: on q35 a port, on i440fx a bridge. Machines of PCs have PCI domain 0 alone.',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain) =>
        domain.devices.flatMap((device) => {
          const address = pciAddressOf(device);
          return address === undefined ? [] : checkAddress(document, domain, address);
        }),
      );
  },
};

function checkAddress(document: XmlDocument, domain: WrittenDomain, address: PciAddress): Finding[] {
  const bus = pciBusOf(domain, address.bus);
  if (bus === undefined) return [];
  if (address.domain > 0) {
    const message = t('The machine has PCI domain 0 alone: libvirt refuses the definition.');
    return findingAt(document, address, 'domain', message, 0);
  }
  const { first, last } = bus.slots;
  if (address.slot >= first && address.slot <= last) return [];
  const only = first === last ? first : undefined;
  return findingAt(document, address, 'slot', messageOf(address, bus), only);
}

function messageOf({ bus }: PciAddress, { model, slots, isAdded }: PciBus): string {
  const { first, last } = slots;
  if (isAdded) {
    return t(
      'No controller makes bus {0}: libvirt adds one of the model {1}, which has the slots {2} to {3}, and refuses this slot.',
      bus,
      model,
      first,
      last,
    );
  }
  return t('Bus {0} ({1}) has the slots {2} to {3}: libvirt refuses this one.', bus, model, first, last);
}

function findingAt(
  document: XmlDocument,
  { element }: PciAddress,
  name: string,
  message: string,
  right: number | undefined,
): Finding[] {
  const attribute = attributeNamed(element, name);
  const range = attribute?.valueRange ?? element.nameRange;
  const choose = t('Let libvirt choose the address');
  const remove = [removal(document.text, element.range)];
  const fixes =
    attribute === undefined || right === undefined
      ? [preferredFix(choose, remove)]
      : [writeFix(document, attribute, right), possibleFix(choose, remove)];
  return [findingOf(pciSlotOutOfRange, range, message, fixes)];
}

function writeFix(document: XmlDocument, attribute: XmlAttribute, right: number): Fix {
  const value = attribute.value.startsWith('0x') ? `0x${right.toString(16).padStart(2, '0')}` : `${right}`;
  return preferredFix(t('Write {0}="{1}"', attribute.name, value), [
    replaceValue(document, attribute, value),
  ]);
}
