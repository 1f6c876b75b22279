import { t } from '../../../base/l10n.ts';
import { rebootDomain } from '../../../libvirt/domains.ts';
import { domainCommand } from './domainCommand.ts';

export const rebootDomainCommand = domainCommand({
  id: 'libvirt.domain.reboot',
  traits: ['running'],
  title: (name, host) => t('Rebooting {0} on {1}', name, host),
  bulkTitle: (count) => t('Rebooting {0} domains', count),
  act: (connection, domain, options) => rebootDomain(connection, domain, 0, options),
});
