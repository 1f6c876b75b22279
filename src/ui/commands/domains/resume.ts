import { t } from '../../../base/l10n.ts';
import { resumeDomain } from '../../../libvirt/domains.ts';
import { domainCommand } from './domainCommand.ts';

export const resumeDomainCommand = domainCommand({
  id: 'libvirt.domain.resume',
  traits: ['paused'],
  title: (name, host) => t('Resuming {0} on {1}', name, host),
  bulkTitle: (count) => t('Resuming {0} domains', count),
  act: resumeDomain,
});
