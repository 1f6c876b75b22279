import { t } from '../../base/l10n.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { PoolRef } from '../../libvirt/protocol/refs.ts';
import { getPoolAutostart, setPoolAutostart } from '../../libvirt/storagePools.ts';
import type { PlanStep } from '../plan/plan.ts';
import { virshCommand, type PlanHost } from '../plan/planHost.ts';

/** Has libvirt start a storage pool with the host. */
export function autostartPoolStep(host: PlanHost, pool: PoolRef): PlanStep {
  return {
    title: t('Start the storage pool {0} with the host from now on', pool.name),
    host: host.shell,
    commands: [virshCommand(host, ['pool-autostart', pool.name])],
    isDone: (options) => getPoolAutostart(host.connection, pool, options),
    run: (options) => setPoolAutostart(host.connection, pool, true, options),
    undo: {
      title: t('Do not start the storage pool {0} with {1} any more', pool.name, host.name),
      commands: [virshCommand(host, ['pool-autostart', pool.name, '--disable'])],
      run: async (options) => {
        try {
          await setPoolAutostart(host.connection, pool, false, options);
        } catch (error) {
          if (!isLibvirtError(error, ErrorCode.noStoragePool)) throw error;
        }
      },
    },
  };
}
