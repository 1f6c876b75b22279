import { t } from '../../base/l10n.ts';
import { LibvirtError } from '../../libvirt/errors.ts';
import { backendMissing, notDeletable, PoolProblem, poolTaken, type PoolWords } from './poolProblem.ts';

/** libvirt's RBD backend waits this long for a monitor: rados_mon_op_timeout in storage_backend_rbd.c. */
export const monitorTimeoutMs = 30_000;

interface Place {
  readonly pool: string;
  readonly host: string;
  readonly elapsedMs: number;
}

interface Cause {
  readonly pattern: RegExp;
  readonly words: (match: RegExpExecArray, place: Place) => PoolWords;
}

const causes: readonly Cause[] = [
  {
    pattern: /missing backend for pool type \d+ \(([\w-]+)\)/,
    words: ([, type = ''], { pool, host }) => backendMissing(pool, host, type),
  },
  {
    pattern: /failed to set RADOS option: auth_supported/,
    words: (_match, { pool, host }) => [
      'ceph-client-too-new',
      t(
        'The pool {0} cannot start on {1}: the Ceph client library there is newer than its libvirt can use.',
        pool,
        host,
      ),
      t('Install a libvirt that no longer sets “auth_supported”, or librados from an older Ceph release.'),
    ],
  },
  {
    // The text is the same for monitors that are silent and for a login that Ceph refuses; only the time tells them apart.
    pattern: /failed to connect to the RADOS monitor on: (.*?),?: [^:]*$/,
    words: ([, monitors = ''], { pool, host, elapsedMs }) =>
      elapsedMs > monitorTimeoutMs * 0.8
        ? [
            'monitors-silent',
            t('The pool {0} cannot start on {1}: no Ceph monitor answers ({2}).', pool, host, monitors),
            t('Check that the monitors run and that {0} reaches them, then start the pool again.', host),
          ]
        : [
            'ceph-refused',
            t('The pool {0} cannot start on {1}: Ceph refuses the login at {2}.', pool, host, monitors),
            t(
              'Check the user name in the <auth> of the pool, and that its secret holds the key of that user in Ceph.',
            ),
          ],
  },
  {
    pattern: /failed to create the RBD IoCTX\. Does the pool '(.*)' exist/s,
    words: ([, cephPool = ''], { pool, host }) => [
      'ceph-pool-missing',
      t('The pool {0} cannot start on {1}: Ceph has no pool {2}.', pool, host, cephPool),
      t('Check the name in the <source> of the pool. libvirt cannot use a namespace of a Ceph pool here.'),
    ],
  },
  {
    pattern:
      /cannot open directory '(.*)': No such file|mount: (.*): mount point does not exist|Device '(.*)' is unrecognized, requires build|cannot find logical volume group name '(.*)'/,
    words: ([, ...names], { pool, host }) => [
      'not-built',
      t(
        'The pool {0} cannot start on {1}: {2} is not there yet, or is empty.',
        pool,
        host,
        names.find(Boolean) ?? '',
      ),
      t('If it is to be made, build the pool. If it is there, check its name.'),
    ],
  },
  {
    pattern: /Storage pool already built: (?:Device '(.*)' already formatted using '(.*)')?/,
    words: ([, device = '', format = ''], { pool, host }) => [
      'already-built',
      device === ''
        ? t('The pool {0} on {1} is not built: there is something already.', pool, host)
        : t('The pool {0} on {1} is not built: {2} holds data already ({3}).', pool, host, device, format),
      t('Nothing was changed. If the data is the pool’s own, start it; to lose it, build with overwriting.'),
    ],
  },
  {
    pattern: /Storage source conflict with pool: '(.*)'/s,
    words: ([, other = ''], { pool, host }) => [
      'source-in-use',
      t('{0} cannot be defined on {1}: the pool {2} uses the same storage.', pool, host, other),
      t('libvirt takes each storage for one pool only. Use that pool, or undefine it first.'),
    ],
  },
  {
    pattern: /pool '.*' (?:already exists|is already defined) with uuid/s,
    words: (_match, { pool, host }) => poolTaken(pool, host),
  },
  {
    pattern: /secret '([^']+)' does not have a value/,
    words: ([, uuid = ''], { pool, host }) => [
      'secret-without-value',
      t('The pool {0} cannot start on {1}: its secret {2} has no value.', pool, host, uuid),
      t('Set the value of the secret, then start the pool.'),
    ],
  },
  {
    pattern: /no secret with matching (?:uuid|usage) '([^']+)'/,
    words: ([, uuid = ''], { pool, host }) => [
      'secret-missing',
      t('The pool {0} cannot start on {1}: the host has no secret {2}.', pool, host, uuid),
      t('Define the secret on this host, or copy it from a host that has it, then start the pool.'),
    ],
  },
  {
    pattern: /cannot execute binary (\S+?):|(\/\S*iscsiadm) failed .* status '127'/,
    words: ([, program = '', iscsi], { pool, host }) => [
      'program-missing',
      t('The pool {0} cannot be used on {1}: {2} is not installed there.', pool, host, iscsi ?? program),
      (iscsi ?? program).endsWith('iscsiadm')
        ? packageAdvice('open-iscsi', 'iscsi-initiator-utils')
        : t('Install it on the host, then try again.'),
    ],
  },
  {
    pattern:
      /unknown filesystem type '(nfs4?|cifs|glusterfs)'|bad option; for several filesystems \(e\.g\. (nfs)/,
    words: ([, type, usual = ''], { pool, host }) => [
      'program-missing',
      t('The pool {0} cannot start on {1}: the host cannot mount {2}.', pool, host, type ?? usual),
      mountPackages(type ?? usual),
    ],
  },
  {
    pattern: /failed to remove pool '(.*)': Directory not empty/s,
    words: ([, folder = ''], { host }) => [
      'not-empty',
      t('The folder {0} on {1} is not empty: nothing was deleted.', folder, host),
      t('Delete its volumes first. What is no volume has to be removed on the host.'),
    ],
  },
  {
    pattern: /pool does not support pool deletion/,
    words: (_match, { pool, host }) => notDeletable(pool, host),
  },
];

/** Puts what libvirt said of a pool into words that tell the cause; anything else comes back as it is. */
export function explainPoolFailure(error: unknown, pool: string, host: string, elapsedMs: number): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const said = error.raw ?? error.message;
  for (const { pattern, words } of causes) {
    const match = pattern.exec(said);
    if (!match) continue;
    return new PoolProblem(...words(match, { pool, host, elapsedMs }), error);
  }
  return error;
}

function packageAdvice(debian: string, fedora: string): string {
  return t('Install {0} (Debian, Ubuntu) or {1} (Fedora, RHEL) on the host.', debian, fedora);
}

function mountPackages(type: string): string {
  switch (type) {
    case 'cifs':
      return t('Install {0} on the host (apt or dnf).', 'cifs-utils');
    case 'glusterfs':
      return packageAdvice('glusterfs-client', 'glusterfs-fuse');
    default:
      return packageAdvice('nfs-common', 'nfs-utils');
  }
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
