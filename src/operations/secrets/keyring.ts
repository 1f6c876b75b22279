import { t } from '../../base/l10n.ts';
import { CephKeyProblem, decodeCephKey } from './cephKey.ts';

/** A key of a keyring; `key` are the bytes that a libvirt secret holds. Wipe them after use. */
export interface CephKey {
  /** `client.libvirt`; undefined where the file has the key alone. */
  readonly entity: string | undefined;
  readonly key: Buffer;
}

/**
 * Reads the keys of a keyring (`[client.x]` with `key = ...`), of what `ceph auth get` prints, also as JSON, or of a file
 * that holds nothing but a key. Throws a {@link CephKeyProblem} that says what is wrong and never holds what was read.
 */
export function parseKeyring(text: string): readonly CephKey[] {
  const content = text.replace(/^\ufeff/, '').trim();
  if (content === '') throw new CephKeyProblem('no-key', t('The file is empty.'));
  const entries = /^[[{]\s*["{[]/.test(content) ? jsonEntries(content) : keyringEntries(content);
  if (entries.length > 0)
    return entries.map(({ entity, key }) => ({ entity, key: decodeEntry(entity, key) }));
  if (content.includes('-----BEGIN')) {
    throw new CephKeyProblem('no-key', t('This is a private key or a certificate, not a key of Ceph.'));
  }
  if (content.includes('=') && content.includes('\n')) throw withoutKey(content);
  return [{ entity: undefined, key: decodeCephKey(content) }];
}

/**
 * The key of this Ceph user among those of a keyring; one without a name counts as the key of any user.
 * @param user `libvirt` or `client.libvirt`
 */
export function keyOf(keys: readonly CephKey[], user: string): Buffer {
  const entity = user.startsWith('client.') ? user : `client.${user}`;
  const found = keys.find((one) => one.entity === entity) ?? keys.find((one) => one.entity === undefined);
  if (found) return found.key;
  const others = keys.map((one) => one.entity).join(', ');
  throw new CephKeyProblem(
    'no-such-client',
    t('The keyring has no key of {0}, only of {1}.', entity, others),
  );
}

/** Wipes the keys that were read. */
export function wipeKeys(keys: readonly CephKey[]): void {
  for (const { key } of keys) key.fill(0);
}

interface Entry {
  readonly entity: string | undefined;
  readonly key: string;
}

function decodeEntry(entity: string | undefined, key: string): Buffer {
  try {
    return decodeCephKey(key);
  } catch (error) {
    if (!(error instanceof CephKeyProblem) || entity === undefined) throw error;
    throw new CephKeyProblem(error.code, t('{0}: {1}', entity, error.message), error.advice);
  }
}

function keyringEntries(content: string): readonly Entry[] {
  const entries: Entry[] = [];
  let entity: string | undefined;
  for (const line of content.split(/\r?\n/)) {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) entity = section.trim();
    const key = /^\s*key\s*=\s*"?([^"#;\s]*)/i.exec(line)?.[1];
    if (key !== undefined) entries.push({ entity, key });
  }
  return entries;
}

function jsonEntries(content: string): readonly Entry[] {
  try {
    const parsed: unknown = JSON.parse(content);
    const objects: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return objects.flatMap((object) => jsonEntry(object));
  } catch {
    return [];
  }
}

function jsonEntry(object: unknown): readonly Entry[] {
  if (typeof object !== 'object' || object === null || !('key' in object)) return [];
  const { key } = object;
  const entity = 'entity' in object && typeof object.entity === 'string' ? object.entity : undefined;
  return typeof key === 'string' ? [{ entity, key }] : [];
}

/** A file of settings without a key; a ceph.conf often tells where the keyring is. */
function withoutKey(content: string): CephKeyProblem {
  const keyring = /^\s*keyring\s*=\s*(\S+)/m.exec(content)?.[1];
  return new CephKeyProblem(
    'no-key',
    t('There is no “key = …” in this file.'),
    keyring === undefined
      ? t('Choose a keyring, such as /etc/ceph/ceph.client.libvirt.keyring.')
      : t('It names a keyring: {0}', keyring),
  );
}
