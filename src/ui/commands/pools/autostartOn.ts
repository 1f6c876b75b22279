import { t } from '../../../base/l10n.ts';
import { setPoolAutostart } from '../../../libvirt/storagePools.ts';
import { poolCommand } from './poolCommand.ts';

export const autostartOnPoolCommand = poolCommand({
  id: 'libvirt.pool.autostartOn',
  traits: ['persistent', 'manual'],
  title: (name, host) => t('Letting {0} start with {1}', name, host),
  bulkTitle: (count) => t('Letting {0} pools start with their hosts', count),
  act: (connection, pool, options) => setPoolAutostart(connection, pool, true, options),
  done: ({ host, uuid }) => host.inventory?.pools.noteAutostart(uuid, true),
});
