import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { Errno, isCephError } from '../../ceph/cephError.ts';
import { listCephPools, type CephPool } from '../../ceph/cephPools.ts';
import { askCeph, runCeph } from '../../ceph/cephProgram.ts';
import { tellMonitors } from '../../ceph/monitors.ts';
import { placeArguments } from '../../ceph/rbd.ts';
import { cephArgv, monitorsArgv } from '../plan/cephShell.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { PoolConnection } from './poolConnection.ts';

/** A Ceph pool cannot be used, or not be taken away again. */
export class CephPoolUseProblem extends CodedProblem<
  'missing' | 'other-use' | 'has-images' | 'not-deletable'
> {}

type PoolUse = Pick<PoolConnection, 'cluster' | 'cephPool' | 'newPool'>;

/** Making a pool may wait for its placement groups. */
const timeoutMs = 120_000;

async function findPool(
  client: CephClient,
  cephPool: string,
  options: WaitOptions,
): Promise<CephPool | undefined> {
  return (await listCephPools(client, options)).find(({ name }) => name === cephPool);
}

/** Makes the pool. It is taken away again only while there is no image in it. */
export function createPoolStep(use: PoolUse): PlanStep {
  const { cluster, cephPool, newPool } = use;
  const { client, shell, name } = cluster;
  const count = newPool?.placementGroups;
  const create = ['osd', 'pool', 'create', cephPool, ...(count === undefined ? [] : [String(count)])];
  const remove = ['osd', 'pool', 'delete', cephPool, cephPool, '--yes-i-really-really-mean-it'];
  return {
    title: t('Create the Ceph pool {0}', cephPool),
    host: shell,
    commands: [{ argv: monitorsArgv(client.access, create) }],
    isDone: async (options) => {
      if (await findPool(client, cephPool, options)) return true;
      if (newPool) return false;
      throw new CephPoolUseProblem('missing', t('The Ceph cluster {0} has no pool {1}.', name, cephPool), {
        advice: t('Somebody may have deleted it. Start the command again.'),
      });
    },
    run: async (options) => {
      await tellMonitors(client, create, { ...options, timeoutMs });
    },
    undo: {
      title: t('Delete the Ceph pool {0}, if no image is in it', cephPool),
      commands: [{ argv: cephArgv(client.access, 'ceph', remove) }],
      run: async (options) => {
        await refuseImages(client, cephPool, options);
        try {
          await tellMonitors(client, remove, { ...options, timeoutMs });
        } catch (error) {
          throw isCephError(error, Errno.EPERM) ? deletionIsOff(cephPool, error) : error;
        }
      },
    },
  };
}

/** Also those in the trash, and what is in namespaces. */
async function refuseImages(client: CephClient, cephPool: string, options: WaitOptions): Promise<void> {
  if (!(await findPool(client, cephPool, options))) return;
  const list = async (...words: readonly string[]): Promise<readonly unknown[]> =>
    (await askCeph(client, 'rbd', [...words, 'ls', `--pool=${cephPool}`], options)) as readonly unknown[];
  const lists = await Promise.all([list(), list('trash'), list('namespace')]);
  if (lists.some(({ length }) => length > 0))
    throw new CephPoolUseProblem(
      'has-images',
      t('The Ceph pool {0} stays: there are images in it.', cephPool),
    );
}

function deletionIsOff(pool: string, cause: Error): CephPoolUseProblem {
  return new CephPoolUseProblem(
    'not-deletable',
    t('The Ceph pool {0} stays: this cluster lets nobody delete pools.', pool),
    {
      cause,
      advice: t('Set mon_allow_pool_delete to true, delete the pool, and set it back.'),
    },
  );
}

/** Marks the pool as one of RBD images, and prepares it for them. */
export function initPoolStep(use: PoolUse): PlanStep {
  const { cluster, cephPool } = use;
  const { client, shell } = cluster;
  const args = ['pool', 'init', ...placeArguments({ pool: cephPool, namespace: undefined })];
  const off = ['osd', 'pool', 'application', 'disable', cephPool, 'rbd', '--yes-i-really-mean-it'];
  return {
    title: t('Prepare the Ceph pool {0} for RBD images', cephPool),
    host: shell,
    commands: [{ argv: cephArgv(client.access, 'rbd', args) }],
    isDone: async (options) => {
      const { applications = [] } = (await findPool(client, cephPool, options)) ?? {};
      if (applications.includes('rbd')) return true;
      const [other] = applications;
      if (other === undefined) return false;
      throw new CephPoolUseProblem('other-use', t('The Ceph pool {0} is used by {1}.', cephPool, other), {
        advice: t('Choose another pool, or make a new one.'),
      });
    },
    run: async (options) => {
      await runCeph(client, 'rbd', args, { ...options, timeoutMs });
    },
    undo: {
      title: t('Take the mark of RBD off the Ceph pool {0}, if no image is in it', cephPool),
      commands: [{ argv: cephArgv(client.access, 'ceph', off) }],
      run: async (options) => {
        await refuseImages(client, cephPool, options);
        await tellMonitors(client, off, options);
      },
    },
  };
}
