import { t } from '../../../base/l10n.ts';
import { removeManagedSave } from '../../../libvirt/domainSaving.ts';
import { confirmDomains } from './confirmDomains.ts';
import { domainCommand } from './domainCommand.ts';

export const removeSavedStateCommand = domainCommand({
  id: 'libvirt.domain.removeSavedState',
  traits: ['saved'],
  title: (name, host) => t('Removing the saved state of {0} on {1}', name, host),
  bulkTitle: (count) => t('Removing the saved states of {0} domains', count),
  confirm: (nodes) =>
    confirmDomains(nodes, {
      one: (name, host) => t('Remove the saved state of {0} on {1}?', name, host),
      several: (count) => t('Remove the saved states of {0} domains?', count),
      consequence: t(
        'The memory of the guest is lost, as if its plug had been pulled when it was saved: its next start boots.',
      ),
      action: t('Remove'),
    }),
  act: removeManagedSave,
  done: ({ host, uuid }) => host.inventory?.domains.noteManagedSave(uuid, false),
});
