import { t } from '../../../base/l10n.ts';
import { wakeUpDomain } from '../../../libvirt/domains.ts';
import { domainCommand } from './domainCommand.ts';

export const wakeUpDomainCommand = domainCommand({
  id: 'libvirt.domain.wakeUp',
  traits: ['asleep'],
  title: (name, host) => t('Waking up {0} on {1}', name, host),
  bulkTitle: (count) => t('Waking up {0} domains', count),
  act: wakeUpDomain,
});
