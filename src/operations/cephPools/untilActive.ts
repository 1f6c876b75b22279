import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { isForbidden } from '../../ceph/cephError.ts';
import { listGroupStates } from '../../ceph/groupStates.ts';
import type { StepOptions } from '../plan/plan.ts';
import { CephPoolProblem } from './cephPoolProblem.ts';

/** A loaded cluster needs a while for hundreds of groups; what is not there then lacks OSDs. */
const patienceMs = 90_000;
const pauseMs = 500;

/**
 * Waits until all placement groups of a new pool can be used. Programs that use one before wait for ever, which is what
 * they do when its rule finds too few places for the copies.
 */
export async function untilActive(
  client: CephClient,
  pool: string,
  { signal, report }: Pick<StepOptions, 'signal' | 'report'>,
): Promise<void> {
  const giveUp = Date.now() + patienceMs;
  for (;;) {
    const states = await statesOf(client, pool, signal);
    const active = states?.filter((state) => state.split('+').includes('active')).length;
    if (!states || (states.length > 0 && active === states.length)) return;
    if (states.length > 0)
      report({ message: t('{0} of {1} placement groups are active', active ?? 0, states.length) });
    if (Date.now() > giveUp) throw notActive(pool, states);
    await delay(pauseMs, undefined, { signal }).catch(() => {
      throw new CancelledError();
    });
  }
}

/** undefined for a client that may not ask. */
async function statesOf(
  client: CephClient,
  pool: string,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  try {
    return await listGroupStates(client, pool, { signal });
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

function notActive(pool: string, states: readonly string[]): CephPoolProblem {
  const idle = states.filter((state) => !state.split('+').includes('active'));
  return new CephPoolProblem(
    'not-active',
    t(
      'The Ceph pool {0} cannot be used: {1} of its {2} placement groups are not active.',
      pool,
      idle.length,
      states.length,
    ),
    {
      advice: t(
        'Its rule may need more hosts or OSDs than there are, or OSDs are down: “ceph osd tree”, “ceph health detail”.',
      ),
      raw: [...new Set(idle)].join(', '),
    },
  );
}
