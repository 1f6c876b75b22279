import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';

/** A port group that the network of the host does not have. */
export const unknownPortgroup: Rule = {
  id: 'unknown-portgroup',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatnetwork.html#portgroups',
  explanation: () =>
    t(
      'A port group of a network gives interfaces their VLAN, virtual port and limits. A name that the network does not have is ignored: the guest is connected without any of these.',
    ),
  check(document, knowledge) {
    if (knowledge?.networks === undefined) return [];
    const groups = new Map(knowledge.networks.map(({ name, portgroups }) => [name, portgroups]));
    return writtenDomainsOf(document)
      .flatMap((domain) => devicesNamed(domain, 'interface'))
      .flatMap((device): Finding[] => {
        const source = childNamed(device, 'source');
        const network = source && attributeValue(source, 'network');
        const group = source && attributeNamed(source, 'portgroup');
        const known = groups.get(network ?? '');
        if (group === undefined || group.value === '' || known?.includes(group.value) !== false) return [];
        const candidates = known.length <= 3 ? known : nearest(group.value, known).slice(0, 3);
        return [
          findingOf(
            unknownPortgroup,
            group.valueRange ?? group.range,
            t('Network {0} on {1} has no port group {2}.', network ?? '', knowledge.hostName, group.value),
            choiceOf(
              candidates.map((name) =>
                possibleFix(t('Use {0}', name), [replaceValue(document, group, name)]),
              ),
            ),
          ),
        ];
      });
  },
};
