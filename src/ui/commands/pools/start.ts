import { t } from '../../../base/l10n.ts';
import { startPool } from '../../../libvirt/storagePools.ts';
import { poolCommand } from './poolCommand.ts';

export const startPoolCommand = poolCommand({
  id: 'libvirt.pool.start',
  traits: ['inactive'],
  title: (name, host) => t('Starting the pool {0} on {1}', name, host),
  bulkTitle: (count) => t('Starting {0} pools', count),
  act: startPool,
});
