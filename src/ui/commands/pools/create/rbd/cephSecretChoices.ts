import * as vscode from 'vscode';
import { t } from '../../../../../base/l10n.ts';
import { LibvirtError } from '../../../../../libvirt/errors.ts';
import type { SecretRef } from '../../../../../libvirt/protocol/refs.ts';
import { usageTypeName } from '../../../../../libvirt/secrets.ts';
import { readSecretValue, type SecretValue } from '../../../../../operations/secrets/compareSecrets.ts';
import type { Choice } from '../../../../prompts/askPick.ts';
import type { PoolSite } from '../poolSite.ts';

/** Where the key comes from. */
export type KeySource = 'host' | 'file' | 'typed';

export interface SecretChoice {
  /** One that the host has; undefined: a new one. */
  readonly ref?: SecretRef;
  /** undefined: it has a value. */
  readonly key?: KeySource;
}

/** How many secrets are asked whether they have a value. */
const askedAtMost = 20;

/** The Ceph secrets of the host. */
export function cephSecrets({ host }: PoolSite): readonly SecretRef[] {
  return [...host.inventory.secrets.entries.values()]
    .map(({ ref }) => ref)
    .filter(({ usageType }) => usageTypeName(usageType) === 'ceph');
}

/** The Ceph secrets of the host, those that are likely the user's first, with whether they have a value. */
export async function existingSecrets(
  site: PoolSite,
  user: string,
): Promise<readonly Choice<SecretChoice>[]> {
  const isLikely = ({ usageId }: SecretRef): boolean => usageId.includes(user);
  const refs = [...cephSecrets(site)].sort((a, b) => Number(isLikely(b)) - Number(isLikely(a)));
  return Promise.all(
    refs.map(async (ref, index): Promise<Choice<SecretChoice>> => {
      const state = index < askedAtMost ? await stateOf(site, ref) : undefined;
      return {
        label: ref.usageId === '' ? ref.uuid : ref.usageId,
        description: state && stateInWords(state),
        detail: ref.uuid,
        icon: new vscode.ThemeIcon('key'),
        value: state === 'none' ? { ref, key: 'typed' } : { ref },
      };
    }),
  );
}

/** undefined when the host does not tell. */
async function stateOf(
  { name, host: { connection } }: PoolSite,
  ref: SecretRef,
): Promise<SecretValue['kind'] | undefined> {
  try {
    const value = await readSecretValue({ name, connection }, ref);
    if (value.kind === 'set') value.bytes.fill(0);
    return value.kind;
  } catch (error) {
    if (error instanceof LibvirtError) return undefined;
    throw error;
  }
}

function stateInWords(state: SecretValue['kind']): string {
  switch (state) {
    case 'set':
      return t('has a value');
    case 'none':
      return t('has no value yet');
    case 'private':
      return t('private');
  }
}

export function newSecrets(
  host: string,
  user: string,
  keyring: string | undefined,
): readonly Choice<SecretChoice>[] {
  const icon = new vscode.ThemeIcon('add');
  return keySources(host, user, keyring).map(([source, label, detail]) => ({
    label: t('New secret: {0}', label),
    detail,
    icon,
    value: { key: source },
  }));
}

/** From where a key can come. */
export function keySources(
  host: string,
  user: string,
  keyring: string | undefined,
): readonly (readonly [KeySource, label: string, detail: string | undefined])[] {
  return [
    ...(keyring === undefined
      ? []
      : [
          [
            'host',
            t('with the key in {0} on {1}', keyring, host),
            t('It is read and given to libvirt, and shown nowhere.'),
          ] as const,
        ]),
    ['file', t('with the key in a keyring file on this machine…'), undefined],
    ['typed', t('with a key that is pasted…'), t('“ceph auth get-key client.{0}” prints it.', user)],
  ];
}
