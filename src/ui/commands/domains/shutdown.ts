import { t } from '../../../base/l10n.ts';
import { shutdownDomain } from '../../../libvirt/domains.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const shutdownDomainCommand = objectCommand({
  id: 'libvirt.domain.shutdown',
  on: { kinds: ['domain'], traits: ['running'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    await onObject(
      node,
      services,
      { title: t('Shutting down {0} on {1}', node.name, node.host.name) },
      ({ connection }, signal) => shutdownDomain(connection, entry.ref, 0, { signal }),
    );
  },
});
