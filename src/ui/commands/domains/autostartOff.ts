import { t } from '../../../base/l10n.ts';
import { setDomainAutostart } from '../../../libvirt/domains.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const autostartOffDomainCommand = objectCommand({
  id: 'libvirt.domain.autostartOff',
  on: { kinds: ['domain'], traits: ['persistent', 'autostart'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const title = t('Keeping {0} from starting with {1}', node.name, node.host.name);
    await onObject(node, services, { title }, ({ connection }, signal) =>
      setDomainAutostart(connection, entry.ref, false, { signal }),
    );
    node.host.inventory?.domains.noteAutostart(node.uuid, false);
  },
});
