import { t } from '../../base/l10n.ts';
import type { XmlAttribute } from '../../xml/document.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { findingOf } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Rule } from '../rule.ts';
import { elementsNamed } from '../wholeElements.ts';

/** Two fixed addresses for one guest, or one for two. */
export const duplicateDhcpHost: Rule = {
  id: 'duplicate-dhcp-host',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatnetwork.html#addressing',
  explanation: () =>
    t(
      'Each <host> gives one guest, known by its MAC address or name, one address. libvirt accepts the same twice in a definition; dnsmasq then takes one of the two, or does not start ("duplicate dhcp-host IP address").',
    ),
  check(document) {
    return elementsNamed(document, 'dhcp').flatMap((dhcp) => {
      const hosts = elementsNamed(document, 'host').filter(({ parent }) => parent === dhcp);
      return ['mac', 'ip', 'name'].flatMap((name) => {
        const attributes = hosts.flatMap((host): readonly XmlAttribute[] => {
          const attribute = attributeNamed(host, name);
          return attribute === undefined || attribute.value === '' ? [] : [attribute];
        });
        return repetitionsAmong(attributes, ({ value }) => value.toLowerCase()).map(({ item }) =>
          findingOf(
            duplicateDhcpHost,
            item.valueRange ?? item.range,
            t('Another <host> has {0}="{1}" already.', name, item.value),
          ),
        );
      });
    });
  },
};
