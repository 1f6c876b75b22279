import { Problem, TimeoutError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { monitorAddress, noConfigFile } from '../../../ceph/cephAccess.ts';
import { CephError, Errno } from '../../../ceph/cephError.ts';
import { listRbdImages } from '../../../ceph/rbd.ts';
import type { Transport } from '../../../transport/transport.ts';
import type { StorageServer } from '../newPool.ts';
import { formatServers } from './monitorList.ts';

/** What a pool of RBD images would log in with, and to what. */
export interface RbdAccess {
  readonly monitors: readonly StorageServer[];
  readonly cephPool: string;
  /** undefined: without cephx. */
  readonly client: { readonly id: string; readonly key: Buffer } | undefined;
}

export type RbdAccessCode =
  'key-refused' | 'pool-missing' | 'no-rights' | 'monitors-silent' | 'monitors-unknown' | 'other';

/** Why a pool of RBD images would not start. */
export class RbdAccessProblem extends Problem {
  readonly code: RbdAccessCode;

  constructor(code: RbdAccessCode, message: string, advice: string | undefined, cause: Problem) {
    super(message, { advice, cause, raw: cause.raw });
    this.code = code;
  }
}

/** How long a monitor may take to answer; libvirt itself waits for 30 seconds. */
const mountSeconds = 8;
const timeoutMs = 15_000;

/**
 * Lists the images of the Ceph pool from the host, as the pool would: rejects with a {@link RbdAccessProblem} that tells a
 * wrong key from a wrong pool from monitors that do not answer.
 * @returns how many images there are; undefined where the host has no `rbd` to try it with
 */
export async function checkRbdAccess(
  transport: Transport,
  asked: RbdAccess,
  options?: WaitOptions,
): Promise<number | undefined> {
  const { monitors, cephPool, client } = asked;
  const access = {
    monitors: monitors.map(({ name, port }) => monitorAddress(name, port)),
    clientId: client?.id,
    key: client?.key.toString('base64'),
    configFile: noConfigFile,
    settings: new Map([
      ['client_mount_timeout', String(mountSeconds)],
      ...(client ? [] : ([['auth_client_required', 'none']] as const)),
    ]),
  };
  try {
    const place = { pool: cephPool, namespace: undefined };
    return (await listRbdImages({ transport, access }, place, { timeoutMs, ...options })).length;
  } catch (error) {
    if (error instanceof CephError && error.code === 'no-program') return undefined;
    if (error instanceof CephError || error instanceof TimeoutError)
      throw verdict(error, asked, transport.label);
    throw error;
  }
}

function verdict(
  error: CephError | TimeoutError,
  { monitors, cephPool, client }: RbdAccess,
  host: string,
): RbdAccessProblem {
  const user = `client.${client?.id ?? 'admin'}`;
  const [code, message, advice] = words();
  return new RbdAccessProblem(code, message, advice, error);

  function words(): readonly [RbdAccessCode, string, string | undefined] {
    switch (error.code) {
      case Errno.EACCES:
      case Errno.EOPNOTSUPP:
        return client
          ? [
              'key-refused',
              t('Ceph refuses {0} with this key.', user),
              t('Check the name of the user, and that the key is that of “ceph auth get {0}”.', user),
            ]
          : [
              'key-refused',
              t('Ceph refuses clients that do not log in.'),
              t('Name a Ceph user and the secret with its key.'),
            ];
      case Errno.ENOENT:
        return [
          'pool-missing',
          t('The key is right, but Ceph has no pool {0}.', cephPool),
          t('“ceph osd pool ls” lists the pools.'),
        ];
      case Errno.EPERM:
        return [
          'no-rights',
          t('The key is right, but {0} may not list the images of the Ceph pool {1}.', user, cephPool),
          t('Give it “profile rbd pool={0}” for mon and osd with “ceph auth caps”.', cephPool),
        ];
      case Errno.ETIMEDOUT:
      case 'timeout':
        return [
          'monitors-silent',
          t('No monitor answers {0}: {1}.', host, formatServers(monitors)),
          t('Check the addresses, and the network between the host and the cluster.'),
        ];
      case Errno.EINVAL: {
        const [, name = ''] =
          /(?:server name not found: |unable to parse addrs in ')([^\s']+)/.exec(error.raw ?? '') ?? [];
        return name === ''
          ? ['other', error.message, undefined]
          : [
              'monitors-unknown',
              t('{0} does not know the name of the monitor {1}.', host, name),
              t('Use its address, or add the name to DNS or to /etc/hosts.'),
            ];
      }
      default:
        return ['other', error.message, error.advice];
    }
  }
}
