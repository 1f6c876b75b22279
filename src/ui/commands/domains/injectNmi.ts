import { t } from '../../../base/l10n.ts';
import { injectNmi } from '../../../libvirt/domains.ts';
import { confirmDomains } from './confirmDomains.ts';
import { domainCommand } from './domainCommand.ts';

export const injectNmiCommand = domainCommand({
  id: 'libvirt.domain.injectNmi',
  traits: ['running'],
  title: (name, host) => t('Sending an NMI to {0} on {1}', name, host),
  bulkTitle: (count) => t('Sending an NMI to {0} domains', count),
  confirm: (nodes) =>
    confirmDomains(nodes, {
      one: (name, host) => t('Send a non-maskable interrupt to {0} on {1}?', name, host),
      several: (count) => t('Send a non-maskable interrupt to {0} domains?', count),
      consequence: t(
        'It is for guests that hang: most are set up to crash and to dump their memory then. What such a guest has not yet written to its disks is lost.',
      ),
      action: t('Send NMI'),
    }),
  act: injectNmi,
});
