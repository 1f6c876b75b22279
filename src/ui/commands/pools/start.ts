import { t } from '../../../base/l10n.ts';
import { startPool } from '../../../libvirt/storagePools.ts';
import { objectCommand } from '../command.ts';
import { waitingForStorage } from './storageProgress.ts';

export const startPoolCommand = objectCommand({
  id: 'libvirt.pool.start',
  on: { kinds: ['pool'], traits: ['inactive'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const title = t('Starting the pool {0} on {1}', node.name, node.host.name);
    await waitingForStorage(node, services, title, ({ connection }, signal) =>
      startPool(connection, entry.ref, { signal }),
    );
  },
});
