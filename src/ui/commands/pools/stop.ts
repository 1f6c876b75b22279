import { t } from '../../../base/l10n.ts';
import { stopPool } from '../../../libvirt/storagePools.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { poolCommand } from './poolCommand.ts';

export const stopPoolCommand = poolCommand({
  id: 'libvirt.pool.stop',
  traits: ['active'],
  title: (name, host) => t('Stopping the pool {0} on {1}', name, host),
  bulkTitle: (count) => t('Stopping {0} pools', count),
  confirm: (pools) => {
    const [pool] = pools;
    const consequence = pools.some(({ entry }) => entry?.persistent !== true)
      ? t('No data is lost. libvirt forgets a transient pool when it stops.')
      : t(
          'No data is lost, and running domains keep their disks. Until it is started again, its volumes are not listed and no new disk can be taken from it.',
        );
    return pool && pools.length === 1
      ? confirm(t('Stop the pool {0} on {1}?', pool.name, pool.host.name), consequence, t('Stop Pool'))
      : confirmAll(pools, t('Stop {0} pools?', pools.length), consequence, t('Stop Pools'));
  },
  act: stopPool,
});
