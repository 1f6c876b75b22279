import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { PoolRef } from '../../libvirt/protocol/refs.ts';
import { PoolState } from '../../libvirt/protocol/storagePool.ts';
import { getPoolInfo, startPool, stopPool } from '../../libvirt/storagePools.ts';
import type { PlanStep } from '../plan/plan.ts';
import { virshCommand, type PlanHost } from '../plan/planHost.ts';
import { explained } from './poolFailures.ts';

/** Starts a storage pool that is not active: libvirt connects to its storage and lists the volumes. */
export function startPoolStep(host: PlanHost, pool: PoolRef): PlanStep {
  const isRunning = async (options: WaitOptions): Promise<boolean> => {
    const { state } = await getPoolInfo(host.connection, pool, options);
    return state !== PoolState.inactive;
  };
  return {
    title: t('Start the storage pool {0}', pool.name),
    host: host.shell,
    commands: [virshCommand(host, ['pool-start', pool.name])],
    isDone: isRunning,
    run: (options) => explained(pool.name, host.name, () => startPool(host.connection, pool, options)),
    undo: {
      title: t('Stop the storage pool {0} on {1}', pool.name, host.name),
      commands: [virshCommand(host, ['pool-destroy', pool.name])],
      run: async (options) => {
        try {
          if (await isRunning(options)) await stopPool(host.connection, pool, options);
        } catch (error) {
          if (!isLibvirtError(error, ErrorCode.noStoragePool)) throw error;
        }
      },
    },
  };
}

/**
 * Stops an active pool and starts it again, so that it runs with the definition that it has now. Domains do not notice: they
 * do not use the pool. Of one that is not active nothing is done.
 */
export function restartPoolStep(host: PlanHost, pool: PoolRef): PlanStep {
  return {
    title: t('Restart the storage pool {0}', pool.name),
    host: host.shell,
    commands: [
      virshCommand(host, ['pool-destroy', pool.name]),
      virshCommand(host, ['pool-start', pool.name]),
    ],
    isDone: async (options) => {
      const { state } = await getPoolInfo(host.connection, pool, options);
      return state === PoolState.inactive;
    },
    run: (options) => restartPool(host, pool, options),
  };
}

export async function restartPool(host: PlanHost, pool: PoolRef, options?: WaitOptions): Promise<void> {
  await explained(pool.name, host.name, () => stopPool(host.connection, pool, options));
  await explained(pool.name, host.name, () => startPool(host.connection, pool, options));
}

class PoolInactiveProblem extends Problem {
  readonly code = 'inactive';

  constructor(pool: string, host: string) {
    super(t('The storage pool {0} on {1} is not active.', pool, host));
  }
}

/** Rejects unless the pool is active. */
export function checkPoolStep(host: PlanHost, pool: PoolRef): PlanStep {
  return {
    title: t('Check that the storage pool {0} is active', pool.name),
    host: host.shell,
    commands: [virshCommand(host, ['pool-info', pool.name])],
    run: async (options) => {
      const { state } = await getPoolInfo(host.connection, pool, options);
      if (state === PoolState.inactive) throw new PoolInactiveProblem(pool.name, host.name);
    },
  };
}
