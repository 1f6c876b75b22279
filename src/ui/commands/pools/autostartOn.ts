import { t } from '../../../base/l10n.ts';
import { setPoolAutostart } from '../../../libvirt/storagePools.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const autostartOnPoolCommand = objectCommand({
  id: 'libvirt.pool.autostartOn',
  on: { kinds: ['pool'], traits: ['persistent', 'manual'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const title = t('Letting {0} start with {1}', node.name, node.host.name);
    await onObject(node, services, { title }, ({ connection }, signal) =>
      setPoolAutostart(connection, entry.ref, true, { signal }),
    );
    node.host.inventory?.pools.noteAutostart(node.uuid, true);
  },
});
