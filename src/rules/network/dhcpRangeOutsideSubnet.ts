import { t } from '../../base/l10n.ts';
import type { XmlElement } from '../../xml/document.ts';
import { attributeNamed, childrenNamed } from '../../xml/queries.ts';
import { findingOf } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { isWhole } from '../wholeElements.ts';
import { isWithin, parseIp } from '../../base/ipAddresses.ts';
import { type WrittenSubnet, writtenSubnetsOf } from './writtenSubnets.ts';

/** Addresses for guests that are not of the network they are given in. */
export const dhcpRangeOutsideSubnet: Rule = {
  id: 'dhcp-range-outside-subnet',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatnetwork.html#addressing',
  explanation: () =>
    t(
      'A guest reaches the network only with an address of its subnet. libvirt refuses a range that is outside ("is not entirely within network"), reversed, or that begins with the address of the network or ends with the one for broadcasts.',
    ),
  check(document) {
    return writtenSubnetsOf(document).flatMap((subnet) =>
      rangesOf(subnet.element).flatMap((range) => checkRange(range, subnet)),
    );
  },
};

function rangesOf(ip: XmlElement): readonly XmlElement[] {
  return childrenNamed(ip, 'dhcp').flatMap((dhcp) => childrenNamed(dhcp, 'range').filter(isWhole));
}

function checkRange(range: XmlElement, { subnet, shown }: WrittenSubnet): Finding[] {
  const start = attributeNamed(range, 'start');
  const end = attributeNamed(range, 'end');
  const first = start && parseIp(start.value);
  const last = end && parseIp(end.value);
  if (start === undefined || end === undefined || first === undefined || last === undefined) return [];
  const outside = [...(isWithin(first, subnet) ? [] : [start]), ...(isWithin(last, subnet) ? [] : [end])].map(
    (attribute) =>
      findingOf(
        dhcpRangeOutsideSubnet,
        attribute.valueRange ?? attribute.range,
        t('{0} is not in {1}: libvirt refuses the definition.', attribute.value, shown),
      ),
  );
  if (outside.length > 0) return outside;
  const at = end.valueRange ?? end.range;
  if (last.number < first.number) {
    const message = t('The range ends before it begins: libvirt refuses the definition.');
    return [findingOf(dhcpRangeOutsideSubnet, at, message)];
  }
  if (first.number === subnet.first && subnet.family === 4) {
    const message = t(
      '{0} is the address of the network itself: libvirt refuses the definition.',
      start.value,
    );
    return [findingOf(dhcpRangeOutsideSubnet, start.valueRange ?? start.range, message)];
  }
  if (last.number === subnet.last && subnet.family === 4) {
    const message = t('{0} is the address for broadcasts: libvirt refuses the definition.', end.value);
    return [findingOf(dhcpRangeOutsideSubnet, at, message)];
  }
  return [];
}
