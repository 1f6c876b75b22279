import { t } from '../../../base/l10n.ts';
import { stopPool } from '../../../libvirt/storagePools.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { waitingForStorage } from './storageProgress.ts';

export const stopPoolCommand = objectCommand({
  id: 'libvirt.pool.stop',
  on: { kinds: ['pool'], traits: ['active'] },
  run: async (node, services) => {
    const { entry } = node;
    if (!entry) return;
    const agreed = await confirm(
      t('Stop the pool {0} on {1}?', node.name, node.host.name),
      entry.persistent
        ? t(
            'No data is lost, and running domains keep their disks. Until it is started again, its volumes are not listed and no new disk can be taken from it.',
          )
        : t('It is transient: libvirt forgets it when it stops. No data is lost.'),
      t('Stop Pool'),
    );
    if (!agreed) return;
    const title = t('Stopping the pool {0} on {1}', node.name, node.host.name);
    await waitingForStorage(node, services, title, ({ connection }, signal) =>
      stopPool(connection, entry.ref, { signal }),
    );
  },
});
