import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { PlanHost } from '../plan/planHost.ts';
import { quoteArgv } from '../../transport/quote.ts';

/** The log of a domain could not be read. */
export class DomainLogProblem extends CodedProblem<'not-readable'> {}

type LogHost = Pick<PlanHost, 'transport' | 'driverUri' | 'name'>;

const folder = '/var/log/libvirt/qemu';
const usualBytes = 64 * 1024;
const timeoutMs = 15_000;

/** Of the system's daemon only root can read the logs; a user's own are in his home folder. */
const script = `
f=$1
if [ "$3" = session ]; then f=\${XDG_CACHE_HOME:-$HOME/.cache}/libvirt/qemu/log/\${f##*/}; fi
if [ -r "$f" ] || [ "$(id -u)" = 0 ]; then tail -c "$2" -- "$f"; else sudo -n tail -c "$2" -- "$f"; fi`;

/** Where libvirt keeps what QEMU says of a domain. */
export function domainLogPath(domain: string): string {
  return `${folder}/${domain}.log`;
}

/**
 * The end of what QEMU has said of a domain, without keys: old versions of libvirt wrote them into QEMU's command line.
 * @param bytes default 64 KiB
 */
export async function readDomainLog(
  { transport, driverUri, name }: LogHost,
  domain: string,
  options: WaitOptions = {},
  bytes = usualBytes,
): Promise<string> {
  const path = domainLogPath(domain);
  const kind = driverUri.endsWith('/session') ? 'session' : 'system';
  const command = ['sh', '-c', script, 'sh', path, String(bytes), kind] as const;
  const { exitCode, stdout, stderr } = await transport.exec(command, { timeoutMs, ...options });
  if (exitCode === 0) return withoutKeys(stdout.toString());
  throw new DomainLogProblem('not-readable', t('The log of {0} on {1} cannot be read.', domain, name), {
    raw: stderr,
    advice: t('Read it there as root: {0}', quoteArgv(['sudo', 'tail', '-n', '200', path])),
  });
}

/** A key of Ceph is 40 characters that begin with AQ and end with ==, or is said to be one. */
export function withoutKeys(text: string): string {
  return text
    .replaceAll(/(\bkey=)[A-Za-z0-9+/=\\]+/g, '$1…')
    .replaceAll(/\bA[QA][A-Za-z0-9+/]{36,}={0,2}/g, '…');
}

/** The last lines in which something is said to have failed: neither QEMU's command line nor what a client logs for debugging. */
export function complaintsIn(log: string, most = 8): readonly string[] {
  return log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /error|unsupported|cannot|could not|failed|failure|refused|denied/i.test(line))
    .filter((line) => !/^-[a-z]|\\$| (?:[1-9]|1\d|20) \S+: /.test(line))
    .slice(-most);
}
