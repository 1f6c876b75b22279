import { t } from '../../../base/l10n.ts';
import { refreshPool } from '../../../libvirt/storagePools.ts';
import { poolCommand } from './poolCommand.ts';

export const refreshPoolCommand = poolCommand({
  id: 'libvirt.pool.refresh',
  traits: ['active'],
  title: (name, host) => t('Refreshing the pool {0} on {1}', name, host),
  bulkTitle: (count) => t('Refreshing {0} pools', count),
  act: refreshPool,
  done: (node, { explorer }) => {
    explorer.redraw(node);
  },
});
