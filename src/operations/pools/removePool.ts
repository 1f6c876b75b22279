import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { PoolRef } from '../../libvirt/protocol/refs.ts';
import { stopPool, undefinePool } from '../../libvirt/storagePools.ts';
import { explained } from './poolFailures.ts';
import { backendAdvice, PoolProblem } from './poolProblem.ts';
import type { PoolHost } from './setUpPool.ts';

/** Stops the pool if it is active and undefines it. Its data stays, and so does what `buildPool()` has made. */
export async function removePool(host: PoolHost, pool: PoolRef, options?: WaitOptions): Promise<void> {
  const { name, connection } = host;
  try {
    await explained(pool.name, name, () => stopPool(connection, pool, options));
  } catch (error) {
    if (error instanceof PoolProblem && error.code === 'backend-missing') {
      await undefineStuck(host, pool, error, options);
      return;
    }
    if (!isLibvirtError(error, ErrorCode.operationInvalid)) throw error;
  }
  await explained(pool.name, name, () => undefinePool(connection, pool, options));
}

/**
 * A pool whose backend is gone cannot be stopped. Inactive ones can be undefined all the same; of the others libvirt keeps
 * a note in a file, and until that is gone it takes them for active.
 */
async function undefineStuck(
  { name, connection }: PoolHost,
  pool: PoolRef,
  missing: PoolProblem,
  options?: WaitOptions,
): Promise<void> {
  try {
    await undefinePool(connection, pool, options);
  } catch (error) {
    if (!isLibvirtError(error, ErrorCode.operationInvalid)) throw error;
    throw new StuckPoolProblem(pool, name, missing);
  }
}

/** The pool was active when libvirt lost the backend for its type: it can be neither stopped nor undefined. */
export class StuckPoolProblem extends PoolProblem {
  constructor(pool: PoolRef, host: string, missing: PoolProblem) {
    const type = /pool type \d+ \(([\w-]+)\)/.exec(missing.raw ?? '')?.[1] ?? '';
    super(
      'backend-missing',
      t(
        'The pool {0} on {1} can be neither stopped nor undefined: it was active when libvirt lost its backend for {2} pools.',
        pool.name,
        host,
        type,
      ),
      t(
        '{0} Or, with libvirt stopped, delete /run/libvirt/storage/{1}.xml on the host; running domains do not mind.',
        backendAdvice(type),
        pool.name,
      ),
      missing.cause,
    );
  }
}
