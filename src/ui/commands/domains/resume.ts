import { t } from '../../../base/l10n.ts';
import { resumeDomain } from '../../../libvirt/domains.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const resumeDomainCommand = objectCommand({
  id: 'libvirt.domain.resume',
  on: { kinds: ['domain'], traits: ['paused'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    await onObject(
      node,
      services,
      { title: t('Resuming {0} on {1}', node.name, node.host.name) },
      ({ connection }, signal) => resumeDomain(connection, entry.ref, { signal }),
    );
  },
});
