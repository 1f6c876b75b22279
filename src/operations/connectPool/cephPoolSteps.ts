import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { listCephPools, type CephPool } from '../../ceph/cephPools.ts';
import {
  applicationWords,
  disablePoolApplication,
  initRbdArguments,
  initRbdPool,
} from '../../ceph/changeCephPool.ts';
import { listRbdImages } from '../../ceph/rbd.ts';
import { explainedFor } from '../cephPools/cephPoolProblem.ts';
import { planNewPool } from '../cephPools/newCephPool.ts';
import { cephArgv } from '../plan/cephShell.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { PoolConnection } from './poolConnection.ts';

/** A Ceph pool cannot be used. */
export class CephPoolUseProblem extends CodedProblem<'missing' | 'other-use' | 'has-images'> {}

/** Preparing a pool may wait for its placement groups. */
const timeoutMs = 120_000;

/** Makes the Ceph pool, or sees to it that the one that is there is one of RBD images. */
export function cephPoolSteps(
  use: Pick<PoolConnection, 'cluster' | 'cephPool' | 'newPool'>,
): readonly PlanStep[] {
  const { cluster, newPool } = use;
  return newPool ? planNewPool(cluster, newPool).steps : [initStep(use)];
}

function initStep({ cluster, cephPool }: Pick<PoolConnection, 'cluster' | 'cephPool'>): PlanStep {
  const { client, shell, name } = cluster;
  return {
    title: t('Prepare the Ceph pool {0} for RBD images', cephPool),
    host: shell,
    commands: [{ argv: cephArgv(client.access, 'rbd', initRbdArguments(cephPool)) }],
    isDone: async (options) => {
      const pool = await findPool(client, cephPool, options);
      if (!pool)
        throw new CephPoolUseProblem('missing', t('The Ceph cluster {0} has no pool {1}.', name, cephPool), {
          advice: t('Somebody may have deleted it. Start the command again.'),
        });
      if (pool.applications.includes('rbd')) return true;
      const [other] = pool.applications;
      if (other === undefined) return false;
      throw new CephPoolUseProblem('other-use', t('The Ceph pool {0} is used by {1}.', cephPool, other), {
        advice: t('Choose another pool, or make a new one.'),
      });
    },
    run: (options) => explainedFor(cephPool, () => initRbdPool(client, cephPool, { ...options, timeoutMs })),
    undo: {
      title: t('Take the mark of RBD off the Ceph pool {0}, if no image is in it', cephPool),
      commands: [{ argv: cephArgv(client.access, 'ceph', applicationWords('disable', cephPool, 'rbd')) }],
      run: async (options) => {
        const images = await listRbdImages(client, { pool: cephPool, namespace: undefined }, options);
        if (images.length > 0)
          throw new CephPoolUseProblem(
            'has-images',
            t('There are RBD images in {0} by now: {1}.', cephPool, images.length),
          );
        await disablePoolApplication(client, cephPool, 'rbd', options);
      },
    },
  };
}

async function findPool(
  client: CephClient,
  cephPool: string,
  options: WaitOptions,
): Promise<CephPool | undefined> {
  return (await listCephPools(client, options)).find(({ name }) => name === cephPool);
}
