import { t } from '../../../base/l10n.ts';
import { setDomainAutostart } from '../../../libvirt/domains.ts';
import { domainCommand } from './domainCommand.ts';

export const autostartOffDomainCommand = domainCommand({
  id: 'libvirt.domain.autostartOff',
  traits: ['persistent', 'autostart'],
  title: (name, host) => t('Keeping {0} from starting with {1}', name, host),
  bulkTitle: (count) => t('Keeping {0} domains from starting with their hosts', count),
  act: (connection, domain, options) => setDomainAutostart(connection, domain, false, options),
  done: ({ host, uuid }) => host.inventory?.domains.noteAutostart(uuid, false),
});
