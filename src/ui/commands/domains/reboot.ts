import { t } from '../../../base/l10n.ts';
import { rebootDomain } from '../../../libvirt/domains.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const rebootDomainCommand = objectCommand({
  id: 'libvirt.domain.reboot',
  on: { kinds: ['domain'], traits: ['running'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    await onObject(
      node,
      services,
      { title: t('Rebooting {0} on {1}', node.name, node.host.name) },
      ({ connection }, signal) => rebootDomain(connection, entry.ref, 0, { signal }),
    );
  },
});
