import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import {
  HostFileProblem,
  readHostFile,
  writeHostFile,
  type FoundFile,
  type HostFile,
} from '../hostFiles/rootFile.ts';
import { CephKeyProblem } from '../secrets/cephKey.ts';
import { parseKeyring, wipeKeys, type CephKey } from '../secrets/keyring.ts';

/** Where Ceph looks for the key of a user by itself. */
export function keyringPath(clusterName: string, entity: string): string {
  return `/etc/ceph/${clusterName}.${entity}.keyring`;
}

/** Only root reads a keyring. */
export const keyringMode = '600';

/** A keyring with one key. Wipe it after use. */
export function keyringText(entity: string, key: Buffer): Buffer {
  return Buffer.from(`[${entity}]\n\tkey = ${key.toString('base64')}\n`);
}

/** What is where a keyring is to be written. */
export type KeyringPlace =
  | { readonly kind: 'free' }
  /** A keyring that has this key; `isPrivate`: nobody but its owner may read it. */
  | { readonly kind: 'same'; readonly isPrivate: boolean }
  /** A keyring with another key of this user, or keys of others; none: what is no keyring. */
  | { readonly kind: 'taken'; readonly entities: readonly string[] };

/** Looks what is there already; keys are compared in memory and wiped. */
export async function lookAtKeyring(
  file: HostFile,
  entity: string,
  key: Buffer,
  options?: WaitOptions,
): Promise<KeyringPlace> {
  const found = await readHostFile(file, options);
  if (found.kind === 'absent') return { kind: 'free' };
  if (found.kind === 'other')
    throw new HostFileProblem(
      'not-written',
      t('{0} on {1} is no file.', file.path, file.host.transport.label),
    );
  const keys = keysIn(found);
  try {
    const isSame = keys.some((one) => one.entity === entity && one.key.equals(key));
    if (isSame) return { kind: 'same', isPrivate: found.mode.endsWith('00') };
    return { kind: 'taken', entities: keys.flatMap((one) => one.entity ?? []) };
  } finally {
    wipeKeys(keys);
    found.content.fill(0);
  }
}

function keysIn({ content }: Extract<FoundFile, { kind: 'file' }>): readonly CephKey[] {
  try {
    return parseKeyring(content.toString());
  } catch (error) {
    if (error instanceof CephKeyProblem) return [];
    throw error;
  }
}

/** Writes the keyring so that only its owner may read it. */
export async function exportKeyring(
  file: HostFile,
  entity: string,
  key: Buffer,
  options: WaitOptions & { readonly backup?: string | undefined } = {},
): Promise<void> {
  const text = keyringText(entity, key);
  try {
    await writeHostFile(file, text, { ...options, mode: keyringMode });
  } finally {
    text.fill(0);
  }
}
