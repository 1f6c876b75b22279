import { t } from '../../../base/l10n.ts';
import { shutdownDomain } from '../../../libvirt/domains.ts';
import { domainCommand } from './domainCommand.ts';

export const shutdownDomainCommand = domainCommand({
  id: 'libvirt.domain.shutdown',
  traits: ['running'],
  title: (name, host) => t('Shutting down {0} on {1}', name, host),
  bulkTitle: (count) => t('Shutting down {0} domains', count),
  act: (connection, domain, options) => shutdownDomain(connection, domain, 0, options),
});
