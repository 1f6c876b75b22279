import { t } from '../../../base/l10n.ts';
import { setPoolAutostart, startPool } from '../../../libvirt/storagePools.ts';
import { objectCommand } from '../command.ts';
import { waitingForStorage } from './storageProgress.ts';

/** Autostart is set first: it is wanted even when the storage is not there yet. */
export const startAndAutostartPoolCommand = objectCommand({
  id: 'libvirt.pool.startAndAutostart',
  on: { kinds: ['pool'], traits: ['inactive', 'persistent', 'manual'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const title = t('Starting the pool {0} on {1}, now and with the host', node.name, node.host.name);
    await waitingForStorage(node, services, title, async ({ connection, inventory }, signal) => {
      await setPoolAutostart(connection, entry.ref, true, { signal });
      inventory.pools.noteAutostart(node.uuid, true);
      await startPool(connection, entry.ref, { signal });
    });
  },
});
