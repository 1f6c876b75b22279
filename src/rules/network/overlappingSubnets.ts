import { t } from '../../base/l10n.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { findingOf } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { overlap } from '../../base/ipAddresses.ts';
import { type WrittenSubnet, writtenSubnetsOf } from './writtenSubnets.ts';

/** Two subnets of one network that have addresses in common. */
export const overlappingSubnets: Rule = {
  id: 'overlapping-subnets',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatnetwork.html#addressing',
  explanation: () =>
    t(
      'Each <ip> gives the bridge an address and its subnet a route. Where two have addresses in common, the host does not know from which of its addresses to answer, and guests take each other to be elsewhere. libvirt accepts it.',
    ),
  check(document) {
    const subnets = writtenSubnetsOf(document).toSorted(byFirst);
    let widest: WrittenSubnet | undefined;
    return subnets.flatMap((one): Finding[] => {
      const before = widest;
      if (
        before === undefined ||
        before.subnet.last < one.subnet.last ||
        !overlap(before.subnet, one.subnet)
      ) {
        widest = one;
      }
      if (before === undefined || !overlap(before.subnet, one.subnet)) return [];
      const [first, second] = [before, one].toSorted((a, b) => a.element.range.start - b.element.range.start);
      const address = second && attributeNamed(second.element, 'address');
      if (first === undefined || second === undefined || address === undefined) return [];
      const message = t('{0} has addresses in common with {1}.', second.shown, first.shown);
      return [findingOf(overlappingSubnets, address.valueRange ?? address.range, message)];
    });
  },
};

/** By family, then by the first address: those that overlap are neighbours. */
function byFirst({ subnet: a }: WrittenSubnet, { subnet: b }: WrittenSubnet): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first === b.first) return 0;
  return a.first < b.first ? -1 : 1;
}
