import { t } from '../../base/l10n.ts';
import { attributeNamed, childNamed } from '../../xml/queries.ts';
import { devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { effectiveBusOf } from './diskNames.ts';
import { moveToSata } from './moveToSata.ts';

/** A CD drive on virtio, which has no media that can be changed. */
export const ejectableOnVirtio: Rule = {
  id: 'ejectable-on-virtio',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'virtio has disks alone. libvirt refuses a CD drive there ("disk type of vda does not support ejectable media"), also one without a bus whose name begins with vd. SATA and SCSI have CD drives.',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain) =>
        devicesNamed(domain, 'disk').flatMap((disk): Finding[] => {
          const device = attributeNamed(disk, 'device');
          const target = childNamed(disk, 'target');
          if (device?.value !== 'cdrom' || target === undefined || effectiveBusOf(disk) !== 'virtio')
            return [];
          const message = t('virtio has no CD drives: libvirt refuses the definition.');
          return [
            findingOf(ejectableOnVirtio, target.nameRange, message, moveToSata(document, domain, disk)),
          ];
        }),
      );
  },
};
