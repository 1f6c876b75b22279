import { t } from '../../../base/l10n.ts';
import { setPoolAutostart, startPool } from '../../../libvirt/storagePools.ts';
import { poolCommand } from './poolCommand.ts';

/** Autostart is set first: it is wanted even when the storage is not there yet. */
export const startAndAutostartPoolCommand = poolCommand({
  id: 'libvirt.pool.startAndAutostart',
  traits: ['inactive', 'persistent', 'manual'],
  title: (name, host) => t('Starting the pool {0} on {1}, now and with the host', name, host),
  bulkTitle: (count) => t('Starting {0} pools, now and with their hosts', count),
  act: async (connection, pool, options, { host, uuid }) => {
    await setPoolAutostart(connection, pool, true, options);
    host.inventory?.pools.noteAutostart(uuid, true);
    await startPool(connection, pool, options);
  },
});
