import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { LibvirtError } from '../libvirt/errors.ts';

/** Why a pool does not start or refresh, where libvirt's own text does not say it. */
export class PoolProblem extends Problem {
  readonly code: 'backend-missing' | 'monitors-silent' | 'ceph-refused' | 'ceph-client-too-new';

  constructor(code: PoolProblem['code'], message: string, advice: string, cause: LibvirtError) {
    super(message, { advice, cause, raw: cause.raw });
    this.code = code;
  }
}

/** libvirt's RBD backend waits this long for a monitor: rados_mon_op_timeout in storage_backend_rbd.c. */
export const monitorTimeoutMs = 30_000;

/**
 * Puts what libvirt said of a pool into words that tell the cause. The text about the RADOS monitor is the same for
 * monitors that are silent and for a login that Ceph refuses; only the time it took tells them apart.
 */
export function explainPoolFailure(error: unknown, pool: string, host: string, elapsedMs: number): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const said = error.raw ?? error.message;
  const type = /missing backend for pool type \d+ \((\w+)\)/.exec(said)?.[1];
  if (type !== undefined) return missingBackend(error, type, pool, host);
  if (said.includes('failed to set RADOS option: auth_supported')) {
    return new PoolProblem(
      'ceph-client-too-new',
      t(
        'The pool {0} cannot start on {1}: the Ceph client library there is newer than its libvirt can use.',
        pool,
        host,
      ),
      t('Install a libvirt that no longer sets “auth_supported”, or librados from an older Ceph release.'),
      error,
    );
  }
  const monitors = /failed to connect to the RADOS monitor on: (.*?),?: [^:]*$/.exec(said)?.[1];
  if (monitors === undefined) return error;
  return elapsedMs > monitorTimeoutMs * 0.8
    ? new PoolProblem(
        'monitors-silent',
        t('The pool {0} cannot start on {1}: no Ceph monitor answers ({2}).', pool, host, monitors),
        t('Check that the monitors run and that {0} reaches them, then start the pool again.', host),
        error,
      )
    : new PoolProblem(
        'ceph-refused',
        t('The pool {0} cannot start on {1}: Ceph refuses the login at {2}.', pool, host, monitors),
        t(
          'Check the user name in the <auth> of the pool, and that its secret holds the key of that user in Ceph.',
        ),
        error,
      );
}

function missingBackend(error: LibvirtError, type: string, pool: string, host: string): PoolProblem {
  return new PoolProblem(
    'backend-missing',
    t(
      'libvirt on {0} cannot use the pool {1}: the backend for {2} pools is not installed.',
      host,
      pool,
      type,
    ),
    t(
      'Install libvirt-daemon-driver-storage-{0} on the host and restart libvirt (Debian and Ubuntu: “apt install libvirt-daemon-driver-storage-{0}”).',
      type,
    ),
    error,
  );
}

/** Runs work on a pool; a failure comes out explained. */
export async function explained<T>(pool: string, host: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } catch (error) {
    throw explainPoolFailure(error, pool, host, performance.now() - start);
  }
}
