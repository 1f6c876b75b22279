import { t } from '../../../base/l10n.ts';
import { stopPool } from '../../../libvirt/storagePools.ts';
import { confirmAll, confirm } from '../../prompts/confirm.ts';
import { poolCommand } from './poolCommand.ts';
import { usersInWords } from './poolUsers.ts';

export const stopPoolCommand = poolCommand({
  id: 'libvirt.pool.stop',
  traits: ['active'],
  title: (name, host) => t('Stopping the pool {0} on {1}', name, host),
  bulkTitle: (count) => t('Stopping {0} pools', count),
  confirm: async (pools) => {
    const [pool] = pools;
    const keeps = pools.some(({ entry }) => entry?.persistent !== true)
      ? t('No data is lost. libvirt forgets a transient pool when it stops.')
      : t(
          'No data is lost, and running domains keep their disks. Until it is started again, its volumes are not listed and no new disk can be taken from it.',
        );
    const users = await usersInWords(pools);
    const consequence = users === undefined ? keeps : `${keeps}\n\n${users}`;
    return pool && pools.length === 1
      ? confirm(t('Stop the pool {0} on {1}?', pool.name, pool.host.name), consequence, t('Stop Pool'))
      : confirmAll(pools, t('Stop {0} pools?', pools.length), consequence, t('Stop Pools'));
  },
  act: stopPool,
});
