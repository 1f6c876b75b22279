import { t } from '../../../base/l10n.ts';
import { suspendDomain } from '../../../libvirt/domains.ts';
import { domainCommand } from './domainCommand.ts';

export const suspendDomainCommand = domainCommand({
  id: 'libvirt.domain.suspend',
  traits: ['running'],
  title: (name, host) => t('Suspending {0} on {1}', name, host),
  bulkTitle: (count) => t('Suspending {0} domains', count),
  act: suspendDomain,
});
