import { t } from '../../base/l10n.ts';
import { setAttribute } from '../devices/attributeFixes.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { memoryOf, shownSize } from './memorySizes.ts';
import { numaCellsOf } from './numaCells.ts';
import { devicesNamed, wholeDescendant, writtenDomainsOf } from './writtenDomains.ts';

/** NUMA cells that do not add up to the memory of the domain. */
export const numaMemoryMismatch: Rule = {
  id: 'numa-memory-mismatch',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#guest-numa-topology',
  explanation: () =>
    t(
      'With NUMA cells, the guest has the memory of the cells. libvirt replaces <memory> by their sum and says nothing: the guest may have more or less than was meant. Left alone are domains with <maxMemory> or memory devices, where <memory> counts those too.',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap((domain): Finding[] => {
      const memory = memoryOf(document, domain, 'memory');
      const cells = numaCellsOf(domain);
      const hotplug =
        wholeDescendant(domain.element, 'maxMemory') !== undefined ||
        devicesNamed(domain, 'memory').length > 0;
      if (memory === undefined || cells.length === 0 || hotplug) return [];
      const sizes = cells.map(({ bytes }) => bytes);
      if (sizes.includes(undefined)) return [];
      const sum = sizes.reduce<number>((total, bytes) => total + (bytes ?? 0), 0);
      if (sum === memory.bytes) return [];
      const kib = `${Math.ceil(sum / 1024)}`;
      return [
        findingOf(
          numaMemoryMismatch,
          memory.range,
          t(
            'The NUMA cells have {0} in all, not {1}: libvirt takes the sum of the cells.',
            shownSize(sum),
            shownSize(memory.bytes),
          ),
          [
            possibleFix(t('Write what the cells have: {0}', shownSize(sum)), [
              setAttribute(document, memory.element, 'unit', 'KiB'),
              { range: memory.range, newText: kib },
            ]),
          ],
        ),
      ];
    });
  },
};
