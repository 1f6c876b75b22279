import { CancelledError, messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import { sentences } from '../../base/sentences.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { PoolRef } from '../../libvirt/protocol/refs.ts';
import { buildPool, definePool, setPoolAutostart, startPool } from '../../libvirt/storagePools.ts';
import { explained } from './poolFailures.ts';

/** Where a pool is set up; `name` for people. */
export interface PoolHost {
  readonly name: string;
  readonly connection: LibvirtConnection;
}

export interface PoolSetup {
  readonly name: string;
  readonly xml: string;
  /** Flags of `PoolBuild`; undefined: what the pool needs is there. */
  readonly build: number | undefined;
  readonly start: boolean;
  readonly autostart: boolean;
}

export interface SetUpOptions extends WaitOptions {
  readonly report?: ReportProgress | undefined;
}

/** The pool is defined, but a step after that was not done: `pool` can be taken away again with `removePool()`. */
export class PoolSetupProblem extends Problem {
  readonly code = 'pool-incomplete';
  readonly pool: PoolRef;

  constructor(pool: PoolRef, message: string, cause: unknown) {
    const { advice, raw } = cause instanceof Problem ? cause : { advice: undefined, raw: undefined };
    super(message, { cause, advice, raw });
    this.pool = pool;
  }
}

/**
 * Defines a pool, sets its autostart, builds and starts it. When defining fails nothing has happened; when a later step
 * fails or is cancelled, it rejects with a {@link PoolSetupProblem} that says what is there and what is missing.
 */
export async function setUpPool(
  host: PoolHost,
  setup: PoolSetup,
  { report, ...wait }: SetUpOptions = {},
): Promise<PoolRef> {
  const { connection } = host;
  const { name } = setup;
  report?.({ message: t('defining') });
  const pool = await explained(
    name,
    host.name,
    async () => (await definePool(connection, setup.xml, wait)).ref,
  );
  const step = async (doing: string, missing: string, work: () => Promise<void>): Promise<void> => {
    report?.({ message: doing });
    try {
      await explained(pool.name, host.name, work);
    } catch (error) {
      throw new PoolSetupProblem(pool, whatIsLeft(pool.name, host.name, missing, error), error);
    }
  };
  // First: it is wanted even when the storage is not there yet.
  if (setup.autostart) {
    await step(t('setting autostart'), t('autostart is not set'), () =>
      setPoolAutostart(connection, pool, true, wait),
    );
  }
  const { build } = setup;
  if (build !== undefined) {
    await step(t('building'), t('it is not built'), () => buildPool(connection, pool, build, wait));
  }
  if (setup.start) {
    await step(t('starting'), t('it is not started'), () => startPool(connection, pool, wait));
  }
  return pool;
}

function whatIsLeft(pool: string, host: string, missing: string, error: unknown): string {
  if (error instanceof CancelledError) {
    return t(
      'Cancelled: the pool {0} is defined on {1}, but {2}; libvirt may still be at it.',
      pool,
      host,
      missing,
    );
  }
  return sentences(t('The pool {0} is defined on {1}, but {2}.', pool, host, missing), messageOf(error));
}
