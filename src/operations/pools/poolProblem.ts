import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { backendPackage } from './poolKinds.ts';

export type PoolProblemCode =
  | 'backend-missing'
  | 'monitors-silent'
  | 'ceph-refused'
  | 'ceph-client-too-new'
  | 'ceph-pool-missing'
  | 'not-built'
  | 'already-built'
  | 'source-in-use'
  | 'name-taken'
  | 'secret-missing'
  | 'secret-without-value'
  | 'program-missing'
  | 'not-empty'
  | 'nothing-to-build'
  | 'not-deletable';

/** What is wrong, and what to do. */
export type PoolWords = readonly [code: PoolProblemCode, what: string, advice: string];

/** Why something cannot be done with a pool, where libvirt's own text does not say it. */
export class PoolProblem extends Problem {
  readonly code: PoolProblemCode;

  constructor(...[code, message, advice, cause]: readonly [...PoolWords, cause?: unknown]) {
    super(message, { advice, cause, raw: cause instanceof Problem ? cause.raw : undefined });
    this.code = code;
  }
}

/** A pool for a host that has no backend for its type. */
export function backendMissing(pool: string, host: string, type: string): PoolWords {
  return [
    'backend-missing',
    t(
      'libvirt on {0} cannot use the pool {1}: the backend for {2} pools is not installed.',
      host,
      pool,
      type,
    ),
    backendAdvice(type),
  ];
}

/** A pool that a host has already, by its name or UUID. */
export function poolTaken(pool: string, host: string): PoolWords {
  return ['name-taken', t('{0} has a storage pool {1} already.', host, pool), t('Give it another name.')];
}

/** A pool of a type whose storage libvirt never deletes. */
export function notDeletable(pool: string, host: string): PoolWords {
  return [
    'not-deletable',
    t('libvirt on {0} cannot delete the storage of {1}.', host, pool),
    t('Its data is on another machine or was there before libvirt. Undefine the pool instead.'),
  ];
}

/** A pool of a type for which libvirt makes nothing. */
export function nothingToBuild(pool: string, host: string): PoolWords {
  return [
    'nothing-to-build',
    t('There is nothing to build for the pool {0} on {1}: its storage is made elsewhere.', pool, host),
    t('Start the pool.'),
  ];
}

/** How the backend for a type of pools comes to a host. */
export function backendAdvice(type: string): string {
  const name = backendPackage(type);
  return name === undefined
    ? t('Neither Debian nor Fedora has this backend.')
    : t('Install {0} on the host (apt or dnf), then restart libvirt.', name);
}
