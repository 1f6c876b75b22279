import { t } from '../../../base/l10n.ts';
import { suspendDomain } from '../../../libvirt/domains.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const suspendDomainCommand = objectCommand({
  id: 'libvirt.domain.suspend',
  on: { kinds: ['domain'], traits: ['running'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    await onObject(
      node,
      services,
      { title: t('Suspending {0} on {1}', node.name, node.host.name) },
      ({ connection }, signal) => suspendDomain(connection, entry.ref, { signal }),
    );
  },
});
