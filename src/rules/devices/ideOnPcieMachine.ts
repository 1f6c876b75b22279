import { t } from '../../base/l10n.ts';
import { childNamed } from '../../xml/queries.ts';
import { devicesNamed, isQ35, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { effectiveBusOf } from './diskNames.ts';
import { moveToSata } from './moveToSata.ts';

/** A disk on IDE in a machine that has none. */
export const ideOnPcieMachine: Rule = {
  id: 'ide-on-pcie-machine',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'The q35 machine has SATA where i440fx (pc) has IDE. libvirt refuses a disk on IDE there ("IDE controllers are unsupported for this QEMU binary or machine type"), also one without a bus whose name begins with hd.',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter((domain) => domain.isQemu && isQ35(domain))
      .flatMap((domain) =>
        devicesNamed(domain, 'disk').flatMap((disk): Finding[] => {
          const target = childNamed(disk, 'target');
          if (target === undefined || effectiveBusOf(disk) !== 'ide') return [];
          const message = t('The q35 machine has no IDE: libvirt refuses the definition.');
          return [findingOf(ideOnPcieMachine, target.nameRange, message, moveToSata(document, domain, disk))];
        }),
      );
  },
};
