import { CancelledError, messageOf } from '../../../../base/errors.ts';
import { sentences } from '../../../../base/sentences.ts';
import { t } from '../../../../base/l10n.ts';
import { lookupSecret } from '../../../../libvirt/secrets.ts';
import { checkRbdAccess, RbdAccessProblem } from '../../../../operations/pools/rbd/checkRbdAccess.ts';
import { readSecretValue } from '../../../../operations/secrets/compareSecrets.ts';
import { confirm } from '../../../prompts/confirm.ts';
import { withProgress } from '../../../progress.ts';
import type { CommandServices } from '../../command.ts';
import type { PoolPlan } from './poolPlan.ts';
import type { PoolSite } from './poolSite.ts';

/**
 * Tries from the host what a pool of RBD images would log in to; what is wrong with it is told before it is defined. Where
 * it cannot be tried, libvirt itself will see.
 */
export async function isAccessRight(
  site: PoolSite,
  plan: PoolPlan,
  { log }: CommandServices,
): Promise<boolean> {
  const { pool } = plan;
  if (pool.type !== 'rbd') return true;
  const title = t('Looking into the Ceph pool {0} from {1}', pool.sourceName ?? '', site.name);
  try {
    await withProgress({ title }, async (signal) => {
      const key = pool.login && (await keyFor(site, plan, signal));
      // The key of a private secret is told to nobody: libvirt itself will see.
      if (pool.login && !key) return;
      const client = pool.login && key ? { id: pool.login.username, key } : undefined;
      const access = { monitors: pool.servers ?? [], cephPool: pool.sourceName ?? '', client };
      await checkRbdAccess(site.host.transport, access, { signal }).finally(() => key?.fill(0));
    });
    return true;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    if (!(error instanceof RbdAccessProblem)) {
      log.warn(`${title}: ${messageOf(error)}`);
      return true;
    }
    const consequence = sentences(
      error.advice,
      t('A pool that is defined all the same does not start until this is put right.'),
    );
    return confirm(error.message, consequence, t('Define Anyway'));
  }
}

async function keyFor(
  { name, host: { connection } }: PoolSite,
  { secret }: PoolPlan,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  if (!secret) return undefined;
  if (secret.value) return Buffer.from(secret.value);
  const ref = await lookupSecret(connection, secret.uuid, { signal });
  const value = await readSecretValue({ name, connection }, ref, { signal });
  return value.kind === 'set' ? value.bytes : undefined;
}
