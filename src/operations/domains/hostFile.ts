import { posix } from 'node:path';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../../transport/transport.ts';

/** Whether a file of that path is on the host; undefined where this account may not look. */
export async function isOnHost(
  transport: Transport,
  path: string,
  options?: WaitOptions,
): Promise<boolean | undefined> {
  const { exitCode, stderr } = await transport.exec(['env', 'LC_ALL=C', 'stat', '-L', '--', path], {
    timeoutMs: 20_000,
    ...options,
  });
  if (exitCode === 0) return true;
  return stderr.includes(': No such file or directory') ? false : undefined;
}

/** Why a path on the host cannot be taken for a file, undefined when it can. */
export function refuseHostPath(path: string): string | undefined {
  if (!path.startsWith('/')) return t('A full path on the host, beginning with “/”.');
  if (path.endsWith('/')) return t('This is a folder: add the name of the file.');
  if (/\p{Cc}/u.test(path)) return t('A path with control characters cannot be taken.');
  return undefined;
}

/** `web1-20261121-1205.save` in the folder. */
export function proposeHostFile(folder: string, domain: string, extension: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  return posix.join(folder, `${domain.replaceAll(/[/\p{Cc}]/gu, '_')}-${stamp}.${extension}`);
}
