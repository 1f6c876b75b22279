import { t } from '../../../base/l10n.ts';
import { refreshPool } from '../../../libvirt/storagePools.ts';
import { objectCommand } from '../command.ts';
import { waitingForStorage } from './storageProgress.ts';

export const refreshPoolCommand = objectCommand({
  id: 'libvirt.pool.refresh',
  on: { kinds: ['pool'], traits: ['active'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const title = t('Refreshing the pool {0} on {1}', node.name, node.host.name);
    await waitingForStorage(node, services, title, ({ connection }, signal) =>
      refreshPool(connection, entry.ref, { signal }),
    );
    services.explorer.redraw(node);
  },
});
