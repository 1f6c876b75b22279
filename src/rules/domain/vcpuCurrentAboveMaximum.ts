import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { vcpusOf } from './vcpuCounts.ts';
import { writtenDomainsOf } from './writtenDomains.ts';

/** More virtual CPUs at the start than the domain may have. */
export const vcpuCurrentAboveMaximum: Rule = {
  id: 'vcpu-current-above-maximum',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#cpu-allocation',
  explanation: () =>
    t(
      'The text of <vcpu> is the most that the domain can have, its current what it has at the start. libvirt refuses a larger current ("maximum vCPU count must not be less than current vCPU count").',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap((domain): Finding[] => {
      const vcpus = vcpusOf(document, domain);
      if (vcpus?.current === undefined || vcpus.range === undefined) return [];
      const { maximum, range, current } = vcpus;
      const { attribute, count } = current;
      if (count <= maximum) return [];
      return [
        findingOf(
          vcpuCurrentAboveMaximum,
          attribute.valueRange ?? attribute.range,
          t('{0} is more than the maximum of {1}: libvirt refuses the definition.', count, maximum),
          [
            possibleFix(t('Raise the maximum to {0}', count), [{ range, newText: `${count}` }]),
            possibleFix(t('Start with {0}', maximum), [replaceValue(document, attribute, `${maximum}`)]),
          ],
        ),
      ];
    });
  },
};
