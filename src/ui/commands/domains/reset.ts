import { t } from '../../../base/l10n.ts';
import { resetDomain } from '../../../libvirt/domains.ts';
import { confirmDomains } from './confirmDomains.ts';
import { domainCommand } from './domainCommand.ts';

export const resetDomainCommand = domainCommand({
  id: 'libvirt.domain.reset',
  traits: ['running'],
  title: (name, host) => t('Resetting {0} on {1}', name, host),
  bulkTitle: (count) => t('Resetting {0} domains', count),
  confirm: (nodes) =>
    confirmDomains(nodes, {
      one: (name, host) => t('Reset {0} on {1}?', name, host),
      several: (count) => t('Reset {0} domains?', count),
      consequence: t(
        'It is like the reset button: the guest starts again at once, and what it has not yet written to its disks is lost.',
      ),
      action: t('Reset'),
    }),
  act: resetDomain,
});
