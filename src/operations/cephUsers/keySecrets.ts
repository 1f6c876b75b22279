import { timingSafeEqual } from 'node:crypto';
import type { WaitOptions } from '../../base/waiting.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { SecretUsageType } from '../../libvirt/protocol/secret.ts';
import { listSecrets, setSecretValue } from '../../libvirt/secrets.ts';
import { readSecretValue } from '../secrets/compareSecrets.ts';
import { createSecret, type SecretHost } from '../secrets/defineSecret.ts';
import { secretUsageOf } from './userName.ts';

/** How the value of a secret stands to the key of a Ceph user. */
export type KeyState = 'same' | 'different' | 'missing' | 'private';

/** A secret of libvirt that is for a Ceph user: by its name, by what uses it, or because it holds the key. */
export interface KeySecret {
  readonly ref: SecretRef;
  readonly state: KeyState;
}

/** How the secrets of a user are usually called. */
function isNamedAfter(usageId: string, entity: string): boolean {
  return [secretUsageOf(entity), entity, entity.replace(/^client\./, '')].includes(usageId);
}

/**
 * The secrets on a host that are for the user. Values are compared in memory and wiped.
 * @param used secrets that pools have, which log in as this user
 */
export async function findKeySecrets(
  host: SecretHost,
  entity: string,
  key: Buffer,
  used: readonly ({ readonly uuid: string } | { readonly usage: string })[],
  options?: WaitOptions,
): Promise<readonly KeySecret[]> {
  const all = await listSecrets(host.connection, 0, options);
  const ofCeph = all.filter(({ usageType }) => usageType === SecretUsageType.ceph);
  const compared = await Promise.all(
    ofCeph.map(async (ref) => ({ ref, state: await compareWithKey(host, ref, key, options) })),
  );
  return compared.filter(
    ({ ref, state }) =>
      state === 'same' ||
      isNamedAfter(ref.usageId, entity) ||
      used.some((one) => ('uuid' in one ? one.uuid === ref.uuid : one.usage === ref.usageId)),
  );
}

async function compareWithKey(
  host: SecretHost,
  ref: SecretRef,
  key: Buffer,
  options?: WaitOptions,
): Promise<KeyState> {
  const value = await readSecretValue(host, ref, options);
  if (value.kind !== 'set') return value.kind === 'none' ? 'missing' : 'private';
  const isSame = value.bytes.length === key.length && timingSafeEqual(value.bytes, key);
  value.bytes.fill(0);
  return isSame ? 'same' : 'different';
}

/** What is done to a host so that it has the key. */
export type KeyGift =
  | { readonly kind: 'set'; readonly secret: SecretRef }
  /** @property uuid that which other hosts have; undefined: a new one */
  | { readonly kind: 'define'; readonly uuid: string | undefined; readonly usageId: string };

/** Puts the key of a user into a secret of libvirt. @returns the secret */
export async function giveKey(
  host: SecretHost,
  entity: string,
  key: Buffer,
  gift: KeyGift,
  options?: WaitOptions,
): Promise<SecretRef> {
  if (gift.kind === 'set') {
    await setSecretValue(host.connection, gift.secret, key, options);
    return gift.secret;
  }
  const { uuid, usageId } = gift;
  const usage = { type: 'ceph', id: usageId } as const;
  return createSecret(host, { uuid, usage, description: entity }, key, options);
}
