import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';

/** An interface on a bridge that the host does not have. */
export const unknownBridge: Rule = {
  id: 'unknown-bridge',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#bridge-to-lan',
  explanation: () =>
    t(
      'libvirt connects the guest to the bridge when the domain starts, and does not start it while there is none ("Cannot get interface MTU: No such device"). It is fine when the bridge is made before. Bridges of Open vSwitch are left alone.',
    ),
  check(document, knowledge) {
    if (knowledge?.bridges === undefined || knowledge.networks === undefined) return [];
    const { hostName, networks } = knowledge;
    const known = new Set([...knowledge.bridges, ...networks.flatMap(({ bridge }) => bridge ?? [])]);
    return writtenDomainsOf(document)
      .flatMap((domain) => devicesNamed(domain, 'interface'))
      .filter((device) => attributeValue(device, 'type') === 'bridge')
      .filter((device) => childNamed(device, 'virtualport') === undefined)
      .flatMap((device): Finding[] => {
        const source = childNamed(device, 'source');
        const bridge = source && attributeNamed(source, 'bridge');
        if (bridge === undefined || bridge.value === '' || known.has(bridge.value)) return [];
        const fixes = nearest(bridge.value, known)
          .slice(0, 3)
          .map((name) => possibleFix(t('Use {0}', name), [replaceValue(document, bridge, name)]));
        return [
          findingOf(
            unknownBridge,
            bridge.valueRange ?? bridge.range,
            t('{0} has no bridge {1}: the domain does not start.', hostName, bridge.value),
            choiceOf(fixes),
          ),
        ];
      });
  },
};
