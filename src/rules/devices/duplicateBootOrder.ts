import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { findingOf, preferredFix } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Rule } from '../rule.ts';
import { writtenDomainsOf } from '../domain/writtenDomains.ts';
import { bootOrdersOf } from './bootOrders.ts';

/** Two devices with one place in the boot order. */
export const duplicateBootOrder: Rule = {
  id: 'duplicate-boot-order',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'The order of <boot> says which device the firmware tries first, second and so on. libvirt refuses a definition in which two devices have the same place ("boot order 1 used for more than one device").',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap((domain) => {
      const orders = bootOrdersOf(domain);
      const last = Math.max(0, ...orders.map(({ value }) => Number(value)).filter(Number.isSafeInteger));
      return repetitionsAmong(orders, ({ value }) => value.trim()).map(({ item, first }, index) => {
        const free = `${last + 1 + index}`;
        return findingOf(
          duplicateBootOrder,
          item.valueRange ?? item.range,
          t(
            'Another device (<{0}>) has the boot order {1} already: libvirt refuses the definition.',
            first.owner.parent?.name ?? 'boot',
            item.value,
          ),
          [preferredFix(t('Put it last: {0}', free), [replaceValue(document, item, free)])],
        );
      });
    });
  },
};
