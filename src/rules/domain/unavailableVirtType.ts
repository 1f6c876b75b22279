import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { guestsFor } from './hostGuests.ts';
import { writtenDomainsOf } from './writtenDomains.ts';

/** A kind of virtualization that the host does not have. */
export const unavailableVirtType: Rule = {
  id: 'unavailable-virt-type',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#element-and-attribute-overview',
  explanation: () =>
    t(
      'The host has no such virtualization for guests of this architecture: KVM is missing where the processor or the outer virtual machine does not allow it, or the module is not loaded. libvirt refuses the definition ("does not support virt type"). qemu emulates, and is slow.',
    ),
  check(document, knowledge) {
    return writtenDomainsOf(document).flatMap((domain): Finding[] => {
      const type = attributeNamed(domain.element, 'type');
      const guests = guestsFor(domain, knowledge);
      if (knowledge === undefined || type === undefined || type.value === '' || guests.length === 0)
        return [];
      const available = new Set(guests.flatMap(({ virtTypes }) => virtTypes));
      if (available.size === 0 || available.has(type.value)) return [];
      return [
        findingOf(
          unavailableVirtType,
          type.valueRange ?? type.range,
          domain.architecture === undefined
            ? t('{0} does not offer {1}.', knowledge.hostName, type.value)
            : t(
                '{0} does not offer {1} for {2} guests.',
                knowledge.hostName,
                type.value,
                domain.architecture,
              ),
          choiceOf(
            [...available].map((name) =>
              possibleFix(t('Use {0}', name), [replaceValue(document, type, name)]),
            ),
          ),
        ),
      ];
    });
  },
};
