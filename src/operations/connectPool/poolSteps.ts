import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { parsePool, type PoolModel } from '../../libvirt/model/storagePool.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { PoolRef } from '../../libvirt/protocol/refs.ts';
import { PoolState } from '../../libvirt/protocol/storagePool.ts';
import {
  definePool,
  getPoolAutostart,
  getPoolInfo,
  getPoolXml,
  lookupPoolByName,
  refreshPool,
  setPoolAutostart,
  startPool,
  stopPool,
} from '../../libvirt/storagePools.ts';
import type { PlanStep } from '../plan/plan.ts';
import { virshCommand, virshDefine, type PlanHost } from '../plan/planHost.ts';
import { explained } from '../pools/poolFailures.ts';
import { removePool } from '../pools/removePool.ts';
import { mendedPoolXml, wantedPoolXml, whatDiffers, type WantedPool } from './poolXml.ts';

/** Libvirt's pool over a Ceph pool on one host. */
export interface PoolUse {
  readonly host: PlanHost;
  readonly wanted: WantedPool;
  /** Its definition as the plan was made; undefined: there was none. */
  readonly known: { readonly xml: string; readonly model: PoolModel } | undefined;
}

/** The pool on its host as the steps find it. */
class PoolOnHost {
  readonly name: string;
  readonly host: PlanHost;

  constructor({ host, wanted }: PoolUse) {
    this.host = host;
    this.name = wanted.name;
  }

  async find(options: WaitOptions): Promise<PoolRef | undefined> {
    try {
      return await lookupPoolByName(this.host.connection, this.name, options);
    } catch (error) {
      if (isLibvirtError(error, ErrorCode.noStoragePool)) return undefined;
      throw error;
    }
  }

  require(options: WaitOptions): Promise<PoolRef> {
    return lookupPoolByName(this.host.connection, this.name, options);
  }

  async isActive(pool: PoolRef, options: WaitOptions): Promise<boolean> {
    const { state } = await this.explained(() => getPoolInfo(this.host.connection, pool, options));
    return state !== PoolState.inactive;
  }

  xml(pool: PoolRef, inactive: boolean, options: WaitOptions): Promise<string> {
    return getPoolXml(this.host.connection, pool, { ...options, inactive });
  }

  explained<T>(work: () => Promise<T>): Promise<T> {
    return explained(this.name, this.host.name, work);
  }

  /** Ceph does not mind, and neither do domains that run. */
  async restart(pool: PoolRef, options: WaitOptions): Promise<void> {
    await this.explained(() => stopPool(this.host.connection, pool, options));
    await this.explained(() => startPool(this.host.connection, pool, options));
  }
}

/** All that is done about libvirt's pool on one host. */
export async function poolSteps(use: PoolUse, autostart: boolean): Promise<readonly PlanStep[]> {
  const pool = new PoolOnHost(use);
  const fresh = { isStarted: false };
  return [
    await defineStep(pool, use),
    startStep(pool, use, fresh),
    ...(autostart ? [autostartStep(pool)] : []),
    refreshStep(pool, fresh),
  ];
}

async function defineStep(pool: PoolOnHost, { host, wanted, known }: PoolUse): Promise<PlanStep> {
  const xml = known ? await mendedPoolXml(known.xml, known.model, wanted) : wantedPoolXml(wanted);
  let before: string | undefined;
  let wasActive = false;
  return {
    title: t('Define the storage pool {0} with all monitors of Ceph', wanted.name),
    host: host.shell,
    commands: [virshDefine(host, 'pool-define', xml)],
    isDone: async (options) => {
      const ref = await pool.find(options);
      before = ref && (await pool.xml(ref, true, options));
      wasActive = ref !== undefined && (await pool.isActive(ref, options));
      if (before === undefined) return false;
      const differences = whatDiffers(await parsePool(before), wanted);
      if (differences.length > 0) options.note(differences.join(', '));
      return differences.length === 0;
    },
    run: async (options) => {
      const now = before === undefined ? xml : await mendedPoolXml(before, await parsePool(before), wanted);
      await pool.explained(() => definePool(host.connection, now, options));
    },
    undo: {
      title: known
        ? t('Give the storage pool {0} on {1} the definition that it had', wanted.name, host.name)
        : t('Undefine the storage pool {0} on {1}', wanted.name, host.name),
      commands: [
        known
          ? virshDefine(host, 'pool-define', known.xml)
          : virshCommand(host, ['pool-undefine', wanted.name]),
      ],
      run: async (options) => {
        const ref = await pool.find(options);
        if (!ref) return;
        if (before === undefined) {
          await removePool(host, ref, options);
          return;
        }
        await pool.explained(() => definePool(host.connection, before ?? '', options));
        if (await pool.isActive(ref, options)) await pool.restart(ref, options);
        else if (wasActive) await pool.explained(() => startPool(host.connection, ref, options));
      },
    },
  };
}

function startStep(pool: PoolOnHost, { host, wanted }: PoolUse, fresh: { isStarted: boolean }): PlanStep {
  let wasActive = false;
  return {
    title: t('Start the storage pool {0}', wanted.name),
    host: host.shell,
    commands: [virshCommand(host, ['pool-start', wanted.name])],
    isDone: async (options) => {
      const ref = await pool.require(options);
      wasActive = await pool.isActive(ref, options);
      return (
        wasActive && whatDiffers(await parsePool(await pool.xml(ref, false, options)), wanted).length === 0
      );
    },
    run: async (options) => {
      const ref = await pool.require(options);
      if (wasActive) {
        await pool.restart(ref, options);
        options.note(t('it ran with its older definition and was restarted'));
      } else {
        await pool.explained(() => startPool(host.connection, ref, options));
      }
      fresh.isStarted = true;
    },
    undo: {
      title: t('Stop the storage pool {0} on {1}, if it was not active before', wanted.name, host.name),
      commands: [virshCommand(host, ['pool-destroy', wanted.name])],
      run: async (options) => {
        fresh.isStarted = false;
        const ref = await pool.find(options);
        if (!ref || wasActive || !(await pool.isActive(ref, options))) return;
        await pool.explained(() => stopPool(host.connection, ref, options));
      },
    },
  };
}

function autostartStep(pool: PoolOnHost): PlanStep {
  const { host, name } = pool;
  return {
    title: t('Start the storage pool {0} with the host from now on', name),
    host: host.shell,
    commands: [virshCommand(host, ['pool-autostart', name])],
    isDone: async (options) => getPoolAutostart(host.connection, await pool.require(options), options),
    run: async (options) => {
      await setPoolAutostart(host.connection, await pool.require(options), true, options);
    },
    undo: {
      title: t('Do not start the storage pool {0} with {1} any more', name, host.name),
      commands: [virshCommand(host, ['pool-autostart', name, '--disable'])],
      run: async (options) => {
        const ref = await pool.find(options);
        if (ref) await setPoolAutostart(host.connection, ref, false, options);
      },
    },
  };
}

function refreshStep(pool: PoolOnHost, fresh: { readonly isStarted: boolean }): PlanStep {
  const { host, name } = pool;
  return {
    title: t('List the images of the storage pool {0}', name),
    host: host.shell,
    commands: [virshCommand(host, ['pool-refresh', name])],
    isDone: () => Promise.resolve(fresh.isStarted),
    run: async (options) => {
      const ref = await pool.require(options);
      await pool.explained(() => refreshPool(host.connection, ref, options));
    },
  };
}
