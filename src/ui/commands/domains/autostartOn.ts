import { t } from '../../../base/l10n.ts';
import { setDomainAutostart } from '../../../libvirt/domains.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const autostartOnDomainCommand = objectCommand({
  id: 'libvirt.domain.autostartOn',
  on: { kinds: ['domain'], traits: ['persistent', 'manual'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const title = t('Letting {0} start with {1}', node.name, node.host.name);
    await onObject(node, services, { title }, ({ connection }, signal) =>
      setDomainAutostart(connection, entry.ref, true, { signal }),
    );
    node.host.inventory?.domains.noteAutostart(node.uuid, true);
  },
});
