import { t } from '../../../base/l10n.ts';
import { setPoolAutostart } from '../../../libvirt/storagePools.ts';
import { poolCommand } from './poolCommand.ts';

export const autostartOffPoolCommand = poolCommand({
  id: 'libvirt.pool.autostartOff',
  traits: ['persistent', 'autostart'],
  title: (name, host) => t('Keeping {0} from starting with {1}', name, host),
  bulkTitle: (count) => t('Keeping {0} pools from starting with their hosts', count),
  act: (connection, pool, options) => setPoolAutostart(connection, pool, false, options),
  done: ({ host, uuid }) => host.inventory?.pools.noteAutostart(uuid, false),
});
