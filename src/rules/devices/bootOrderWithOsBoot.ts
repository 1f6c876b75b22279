import { t } from '../../base/l10n.ts';
import { removal } from '../../xml/fixes/removal.ts';
import { childrenNamed } from '../../xml/queries.ts';
import { wholeDescendant, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, possibleFix, preferredFix } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { bootOrdersOf } from './bootOrders.ts';

/** Both ways to say what is booted from, in one domain. */
export const bootOrderWithOsBoot: Rule = {
  id: 'boot-order-with-os-boot',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#bios-bootloader',
  explanation: () =>
    t(
      'What a domain boots from is said either by <boot dev> in <os>, a kind of device, or by <boot order> in the devices, which is more exact. libvirt refuses both together ("per-device boot elements cannot be used together with os/boot elements").',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap((domain) => {
      const os = wholeDescendant(domain.element, 'os');
      const boots = os === undefined ? [] : childrenNamed(os, 'boot');
      const orders = bootOrdersOf(domain);
      const [first] = boots;
      if (first === undefined || orders.length === 0) return [];
      return [
        findingOf(
          bootOrderWithOsBoot,
          first.nameRange,
          t('Devices say their boot order: libvirt refuses <boot dev> in <os> together with it.'),
          [
            preferredFix(
              t('Keep the order of the devices'),
              boots.map((boot) => removal(document.text, boot.range)),
            ),
            possibleFix(
              t('Keep <boot dev> in <os>'),
              orders.map(({ owner }) => removal(document.text, owner.range)),
            ),
          ],
        ),
      ];
    });
  },
};
