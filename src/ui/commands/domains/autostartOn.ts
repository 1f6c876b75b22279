import { t } from '../../../base/l10n.ts';
import { setDomainAutostart } from '../../../libvirt/domains.ts';
import { domainCommand } from './domainCommand.ts';

export const autostartOnDomainCommand = domainCommand({
  id: 'libvirt.domain.autostartOn',
  traits: ['persistent', 'manual'],
  title: (name, host) => t('Letting {0} start with {1}', name, host),
  bulkTitle: (count) => t('Letting {0} domains start with their hosts', count),
  act: (connection, domain, options) => setDomainAutostart(connection, domain, true, options),
  done: ({ host, uuid }) => host.inventory?.domains.noteAutostart(uuid, true),
});
