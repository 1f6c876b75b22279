import { t } from '../../base/l10n.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { removal } from '../../xml/fixes/removal.ts';
import { identityIn } from '../../xml/identity.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { isOtherDomain } from '../domain/otherDomains.ts';
import { devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, preferredFix } from '../finding.ts';
import type { HostKnowledge, KnownDomain } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Finding, Rule } from '../rule.ts';

/** A MAC address that another interface has, of this domain or of another of the host. */
export const duplicateMac: Rule = {
  id: 'duplicate-mac',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#setting-the-mac-address',
  explanation: () =>
    t(
      'Two guests with one MAC address on one network take frames and DHCP leases from each other, most often after a definition was copied. libvirt accepts it. Without <mac> it makes up a free address when the domain is defined. It is fine on networks that never meet, and when only one of the domains ever runs.',
    ),
  check(document, knowledge) {
    return writtenDomainsOf(document).flatMap((domain) => {
      const interfaces = devicesNamed(domain, 'interface').filter(isAlone);
      const own = identityIn(domain.element);
      const repeated = new Set(repetitionsAmong(interfaces, macOf).map(({ item }) => item));
      return interfaces.flatMap((device) => {
        if (repeated.has(device)) {
          return findingAt(document, device, (mac) =>
            t('Another interface of the domain has {0} already.', mac),
          );
        }
        const mac = macOf(device);
        if (mac === undefined || knowledge === undefined) return [];
        const other = (ownersOf(knowledge).get(mac) ?? []).find((owner) => isOtherDomain(owner, own));
        return other === undefined
          ? []
          : findingAt(document, device, (shown) =>
              t('Domain {0} on {1} has {2} already.', other.name, knowledge.hostName, shown),
            );
      });
    });
  },
};

const ownersOf = oncePer(({ domains }: HostKnowledge): ReadonlyMap<string, readonly KnownDomain[]> => {
  const owners = new Map<string, KnownDomain[]>();
  for (const domain of domains ?? []) {
    for (const mac of domain.macs) {
      const known = owners.get(mac);
      if (known === undefined) owners.set(mac, [domain]);
      else known.push(domain);
    }
  }
  return owners;
});

/** The two interfaces of a team share their address on purpose. */
function isAlone(device: XmlElement): boolean {
  return childNamed(device, 'teaming') === undefined;
}

function macOf(device: XmlElement): string | undefined {
  const mac = childNamed(device, 'mac');
  const address = mac && attributeValue(mac, 'address');
  return address === undefined || address === '' ? undefined : address.toLowerCase();
}

function findingAt(document: XmlDocument, device: XmlElement, message: (mac: string) => string): Finding[] {
  const mac = childNamed(device, 'mac');
  const address = mac && attributeNamed(mac, 'address');
  if (mac === undefined || address === undefined) return [];
  return [
    findingOf(duplicateMac, address.valueRange ?? address.range, message(address.value), [
      preferredFix(t('Let libvirt make up an address'), [removal(document.text, mac.range)]),
    ]),
  ];
}
