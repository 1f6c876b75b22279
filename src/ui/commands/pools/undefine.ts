import { t } from '../../../base/l10n.ts';
import { removePool } from '../../../operations/pools/removePool.ts';
import type { PoolNode } from '../../explorer/objects/poolNode.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { poolCommand } from './poolCommand.ts';
import { usersInWords } from './poolUsers.ts';

export const undefinePoolCommand = poolCommand({
  id: 'libvirt.pool.undefine',
  traits: ['persistent'],
  title: (name, host) => t('Undefining the pool {0} on {1}', name, host),
  bulkTitle: (count) => t('Undefining {0} pools', count),
  confirm: async (pools) => {
    const [pool] = pools;
    const consequence = await consequences(pools);
    if (!pool || pools.length > 1) {
      return confirmAll(pools, t('Undefine {0} pools?', pools.length), consequence, t('Undefine Pools'));
    }
    return confirm(
      t('Undefine the pool {0} on {1}?', pool.name, pool.host.name),
      consequence,
      pool.entry?.active === true ? t('Stop and Undefine') : t('Undefine Pool'),
    );
  },
  act: (connection, pool, options, { host }) => removePool({ name: host.name, connection }, pool, options),
});

async function consequences(pools: readonly PoolNode[]): Promise<string> {
  const users = await usersInWords(pools);
  const isActive = pools.some(({ entry }) => entry?.active === true);
  return [
    t('libvirt forgets its definition; its volumes and their data stay where they are.'),
    ...(isActive ? [t('It is active, and is stopped first. Running domains keep their disks.')] : []),
    ...(users === undefined ? [] : ['', users]),
    ...(users === undefined
      ? []
      : [t('Domains that name the pool, not the path of their disk, do not start without it.')]),
  ].join('\n');
}
