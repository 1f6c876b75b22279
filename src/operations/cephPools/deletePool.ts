import { CancelledError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import type { CephPool } from '../../ceph/cephPools.ts';
import { deleteCephPool } from '../../ceph/changeCephPool.ts';
import { allowPoolDeletion } from '../../ceph/poolSettings.ts';
import { CephPoolProblem, explainedFor } from './cephPoolProblem.ts';
import { removeRuleOf } from './newCephPool.ts';

export interface PoolDeletion extends WaitOptions {
  /** Where the monitors do not allow it: they do for as long as this takes. */
  readonly isAllowedFirst: boolean;
}

/** How long the monitors may take to forbid it again, even after a cancel. */
const restoreMs = 30_000;

/** Deletes a pool with all that is in it, and the CRUSH rule that Ceph made for it alone. */
export async function deletePool(
  client: CephClient,
  pool: CephPool,
  { isAllowedFirst, ...options }: PoolDeletion,
): Promise<void> {
  if (isAllowedFirst) await allowedFor(client, options, () => deleteNow(client, pool, options));
  else await deleteNow(client, pool, options);
}

async function deleteNow(client: CephClient, pool: CephPool, options: WaitOptions): Promise<void> {
  await explainedFor(pool.name, () => deleteCephPool(client, pool.name, options));
  if (pool.type === 'erasure') await removeRuleOf(client, pool, options);
}

async function allowedFor(
  client: CephClient,
  options: WaitOptions,
  work: () => Promise<void>,
): Promise<void> {
  let failure: unknown;
  try {
    await allowPoolDeletion(client, true, options);
    await work();
  } catch (error) {
    failure = error;
  }
  try {
    await allowPoolDeletion(client, false, { timeoutMs: restoreMs });
  } catch (error) {
    throw new CephPoolProblem(
      'still-allowed',
      t('The monitors still allow that pools are deleted: {0}', messageOf(error)),
      {
        cause: failure ?? error,
        advice: t('Take it back with “ceph tell mon.* config unset mon_allow_pool_delete”.'),
      },
    );
  }
  if (failure instanceof CancelledError || failure instanceof Error) throw failure;
}
