import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

/** The numbers of Linux that Ceph's programs end with. */
export const Errno = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  EAGAIN: 11,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  EINVAL: 22,
  ENOSPC: 28,
  ERANGE: 34,
  ENOTEMPTY: 39,
  EOPNOTSUPP: 95,
  ETIMEDOUT: 110,
  EDQUOT: 122,
} as const;

/** A program of Ceph failed. `code` is the errno that it ended with, or `no-program` where it is not installed. */
export class CephError extends Problem {
  readonly code: number | 'no-program';

  /** @param stderr as it came: librados' own log lines are left out of the sentence */
  constructor(program: string, host: string, code: number | 'no-program', stderr: string) {
    const said = saidOn(stderr);
    super(sentence(program, host, code, said), { raw: stderr.trim(), advice: adviceFor(code, said) });
    this.code = code;
  }
}

function sentence(program: string, host: string, code: CephError['code'], said: string): string {
  if (code === 'no-program') return t('{0} is not installed on {1}.', program, host);
  if (code === Errno.ETIMEDOUT) return t('The monitors of Ceph do not answer {0}.', host);
  return t('{0} on {1}: {2}', program, host, said === '' ? t('failed with errno {0}', code) : said);
}

/** Whether a program of Ceph failed with one of these errnos. */
export function isCephError(error: unknown, ...codes: readonly CephError['code'][]): error is CephError {
  return error instanceof CephError && codes.includes(error.code);
}

/** Whether this client could not even log in: another one, or another host, may do better. */
export function isLoginError(error: unknown): boolean {
  return (
    isCephError(error, 'no-program') ||
    (error instanceof CephError &&
      error.code !== Errno.ETIMEDOUT &&
      /error connecting to the cluster|couldn't connect to the cluster/i.test(error.raw ?? ''))
  );
}

/** Whether the client is known to the cluster, but its capabilities do not reach that far. */
export function isForbidden(error: unknown): boolean {
  return isCephError(error, Errno.EACCES, Errno.EPERM) && !isLoginError(error);
}

/** Lines that librados logs: `2026-11-20T11:34:28.260+0000 7f788b7fe6c0 -1 librbd::...`. */
const logLine = /^\d{4}-\d\d-\d\dT\S+ [0-9a-f]+ +-?\d+ /;
/** `Removing image: 12% complete...`, many of them in one line. */
const progress = /[A-Z][a-z ]+: \d+% complete\.\.\.(?:done|failed)?\.?/g;

/** What a program says on standard error itself, as one line. */
function saidOn(stderr: string): string {
  const lines = stderr
    .replaceAll(progress, '\n')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !logLine.test(line) && !line.startsWith('did not load config file'));
  return [...new Set(lines.map((line) => line.replace(/^rbd: (?:error: )?/, '')))].join(' ');
}

function adviceFor(code: CephError['code'], said: string): string | undefined {
  switch (code) {
    case 'no-program':
      return t(
        'libvirt itself needs only the library. Install the package ceph-common on the host, then try again.',
      );
    case Errno.ENOENT:
      return said.startsWith("couldn't connect")
        ? t(
            'The key could not be read from libvirt, and the host has no readable keyring of this client in /etc/ceph.',
          )
        : undefined;
    case Errno.ETIMEDOUT:
      return t(
        'Check the network between the host and the monitors, and whether more than half of them run.',
      );
    case Errno.EPERM:
    case Errno.EACCES:
      return t('Check the key of this client and its capabilities: "ceph auth get".');
    case Errno.EBUSY:
      return said.includes('watchers')
        ? t('A domain, or a client that has crashed less than 30 seconds ago, still has it open.')
        : undefined;
    case Errno.ENOSPC:
    case Errno.EDQUOT:
      return t('The Ceph pool or its cluster is full, or a quota is reached: "ceph df".');
    default:
      return undefined;
  }
}
