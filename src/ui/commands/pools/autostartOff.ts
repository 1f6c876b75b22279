import { t } from '../../../base/l10n.ts';
import { setPoolAutostart } from '../../../libvirt/storagePools.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const autostartOffPoolCommand = objectCommand({
  id: 'libvirt.pool.autostartOff',
  on: { kinds: ['pool'], traits: ['persistent', 'autostart'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const title = t('Keeping {0} from starting with {1}', node.name, node.host.name);
    await onObject(node, services, { title }, ({ connection }, signal) =>
      setPoolAutostart(connection, entry.ref, false, { signal }),
    );
    node.host.inventory?.pools.noteAutostart(node.uuid, false);
  },
});
