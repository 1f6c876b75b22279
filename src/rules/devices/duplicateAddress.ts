import { t } from '../../base/l10n.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { removal } from '../../xml/fixes/removal.ts';
import { attributeValue, childNamed } from '../../xml/queries.ts';
import { writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, preferredFix } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Finding, Rule } from '../rule.ts';
import { guestAddressOf } from './addresses.ts';

/** Two devices at one address of the guest. */
export const duplicateAddress: Rule = {
  id: 'duplicate-address',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#device-addresses',
  explanation: () =>
    t(
      'A slot of the guest holds one device. libvirt refuses a definition with two at one address ("Attempted double use of PCI Address", "Found duplicate drive address", "already occupied"). Without <address> it chooses a free one and keeps it; where a guest must find a device again at the same place, give the other one another address.',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap(({ devices }) =>
        repetitionsAmong(devices.filter(isDevice), guestAddressOf).flatMap(({ item, first, key }) =>
          describe(document, item, first, key),
        ),
      );
  },
};

/** A console on a serial port is that port, written once more. */
function isDevice(device: XmlElement): boolean {
  if (device.localName !== 'console') return true;
  const target = childNamed(device, 'target');
  return target !== undefined && attributeValue(target, 'type') === 'virtio';
}

function describe(document: XmlDocument, device: XmlElement, first: XmlElement, key: string): Finding[] {
  const address = childNamed(device, 'address');
  if (address === undefined) return [];
  return [
    findingOf(
      duplicateAddress,
      address.nameRange,
      t(
        'A <{0}> of the domain has this address already ({1}): libvirt refuses the definition.',
        first.name,
        key,
      ),
      [preferredFix(t('Let libvirt choose the address'), [removal(document.text, address.range)])],
    ),
  ];
}
