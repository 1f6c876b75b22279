import { timingSafeEqual } from 'node:crypto';
import type { WaitOptions } from '../../base/waiting.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { getSecretValue } from '../../libvirt/secrets.ts';
import { findSecretByUuid, type SecretHost } from './defineSecret.ts';

/** What libvirt tells of a value: the bytes, that none is set, or that the secret is private. */
export type SecretValue =
  { readonly kind: 'set'; readonly bytes: Buffer } | { readonly kind: 'none' } | { readonly kind: 'private' };

/** Whether a value is set and, unless it is private, which. Wipe the bytes after use. */
export async function readSecretValue(
  { connection }: SecretHost,
  secret: SecretRef,
  options?: WaitOptions,
): Promise<SecretValue> {
  try {
    return { kind: 'set', bytes: Buffer.from(await getSecretValue(connection, secret, options)) };
  } catch (error) {
    if (isLibvirtError(error, ErrorCode.noSecret)) return { kind: 'none' };
    if (isLibvirtError(error, ErrorCode.invalidSecret)) return { kind: 'private' };
    throw error;
  }
}

/** How a secret on one host stands to the one with its UUID on another. */
export type SecretComparison =
  /** The other host has no secret with this UUID. */
  | { readonly kind: 'absent' }
  /** It has one that is for something else. */
  | { readonly kind: 'other-use'; readonly other: SecretRef }
  | { readonly kind: 'same-use'; readonly other: SecretRef; readonly values: ComparedValues };

/** The values: of `here-missing` and `there-missing` only one is set, `unknown` when a private one is among them. */
export type ComparedValues =
  'same' | 'different' | 'here-missing' | 'there-missing' | 'both-missing' | 'unknown';

/** Compares a secret with the one of the same UUID on another host. The values are compared in memory and wiped. */
export async function compareSecret(
  secret: SecretRef,
  here: SecretHost,
  there: SecretHost,
  options?: WaitOptions,
): Promise<SecretComparison> {
  const other = await findSecretByUuid(there, secret.uuid, options);
  if (!other) return { kind: 'absent' };
  if (other.usageType !== secret.usageType || other.usageId !== secret.usageId)
    return { kind: 'other-use', other };
  return { kind: 'same-use', other, values: await compareSecretValues(secret, here, other, there, options) };
}

/** Compares the values of two secrets in memory; they are wiped. */
export async function compareSecretValues(
  secret: SecretRef,
  here: SecretHost,
  other: SecretRef,
  there: SecretHost,
  options?: WaitOptions,
): Promise<ComparedValues> {
  const [own, others] = await Promise.all([
    readSecretValue(here, secret, options),
    readSecretValue(there, other, options),
  ]);
  return compareValues(own, others);
}

function compareValues(here: SecretValue, there: SecretValue): ComparedValues {
  if (here.kind === 'set' && there.kind === 'set') return compareBytes(here.bytes, there.bytes);
  for (const value of [here, there]) if (value.kind === 'set') value.bytes.fill(0);
  if (here.kind === 'private' || there.kind === 'private') return 'unknown';
  if (here.kind === there.kind) return 'both-missing';
  return here.kind === 'none' ? 'here-missing' : 'there-missing';
}

function compareBytes(here: Buffer, there: Buffer): ComparedValues {
  const isSame = here.length === there.length && timingSafeEqual(here, there);
  here.fill(0);
  there.fill(0);
  return isSame ? 'same' : 'different';
}
