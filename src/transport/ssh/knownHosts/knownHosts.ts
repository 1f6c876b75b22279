import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { matchesPatternList } from '../patterns.ts';
import { SshError } from '../sshError.ts';
import { keyTypeOf } from './hostKey.ts';

/** One line of a known_hosts file. Format: sshd(8), section SSH_KNOWN_HOSTS FILE FORMAT. */
export interface KnownHostsEntry {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly marker: '@revoked' | '@cert-authority' | undefined;
  /** Patterns separated by commas, or one hashed name. */
  readonly hosts: string;
  readonly keyType: string;
  readonly key: Buffer;
}

export type HostKeyVerdict =
  | { readonly kind: 'ok' }
  /** No key of this type is known; `otherTypes` are those of the keys that are. */
  | { readonly kind: 'unknown'; readonly otherTypes: readonly string[] }
  /** Another key of the same type is known. */
  | { readonly kind: 'changed' | 'revoked'; readonly entry: KnownHostsEntry };

/**
 * Reads known_hosts files; those that do not exist are empty. Lines that make no sense are passed to `ignored`.
 * A file that cannot be read is an error, because it may be the one that says a key has changed.
 */
export async function readKnownHosts(
  files: readonly string[],
  ignored: (file: string, line: number) => void,
): Promise<KnownHostsEntry[]> {
  const entries = await Promise.all(
    files.map(async (file) => parseKnownHosts(await readIfExists(file), file, ignored)),
  );
  return entries.flat();
}

export function parseKnownHosts(
  text: string,
  file: string,
  ignored: (file: string, line: number) => void,
): KnownHostsEntry[] {
  return text.split('\n').flatMap((content, index) => {
    const words = content.trim().split(/\s+/);
    if (words[0] === '' || words[0]?.startsWith('#')) return [];
    const entry = parseWords(words, file, index + 1);
    if (!entry) ignored(file, index + 1);
    return entry ? [entry] : [];
  });
}

function parseWords(words: string[], file: string, line: number): KnownHostsEntry | undefined {
  const first = words[0];
  const marker = first === '@revoked' || first === '@cert-authority' ? first : undefined;
  const [hosts, keyType, base64] = words.slice(marker ? 1 : 0);
  if (hosts === undefined || keyType === undefined || base64 === undefined) return undefined;
  if (hosts.startsWith('@')) return undefined;
  const key = Buffer.from(base64, 'base64');
  return keyTypeOf(key) === keyType ? { file, line, marker, hosts, keyType, key } : undefined;
}

/** The name a host has in known_hosts: `kvm1`, `[kvm1]:2222`. */
export function knownHostsName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

/** Lines that are about the host. `@cert-authority` lines are among them. */
export function entriesFor(entries: readonly KnownHostsEntry[], name: string): KnownHostsEntry[] {
  return entries.filter((entry) => matchesName(entry.hosts, name));
}

/** What known_hosts says about a key that a host shows. `entries` are those for the host. */
export function judgeHostKey(entries: readonly KnownHostsEntry[], key: Buffer): HostKeyVerdict {
  const revoked = entries.find((entry) => entry.marker === '@revoked' && entry.key.equals(key));
  if (revoked) return { kind: 'revoked', entry: revoked };
  const plain = entries.filter((entry) => entry.marker === undefined);
  if (plain.some((entry) => entry.key.equals(key))) return { kind: 'ok' };
  const keyType = keyTypeOf(key);
  const other = plain.find((entry) => entry.keyType === keyType);
  return other
    ? { kind: 'changed', entry: other }
    : { kind: 'unknown', otherTypes: [...new Set(plain.map((entry) => entry.keyType))] };
}

function matchesName(hosts: string, name: string): boolean {
  if (!hosts.startsWith('|')) return matchesPatternList(hosts.toLowerCase().split(','), name);
  const [, version, salt, hash] = hosts.split('|');
  return version === '1' && hash === hashName(name, Buffer.from(salt ?? '', 'base64'));
}

/** base64 of the HMAC-SHA1 under which HashKnownHosts hides a name. */
export function hashName(name: string, salt: Buffer): string {
  return createHmac('sha1', salt).update(name).digest('base64');
}

async function readIfExists(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new SshError('bad-config', t('The known host keys in {0} cannot be read.', file), {
      raw: messageOf(error),
      cause: error,
    });
  }
}
