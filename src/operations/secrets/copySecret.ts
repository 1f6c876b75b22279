import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { parseSecret } from '../../libvirt/model/secret.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { getSecretXml, setSecretValue, usageTypeName } from '../../libvirt/secrets.ts';
import { readSecretValue } from './compareSecrets.ts';
import {
  createSecret,
  findSecretByUuid,
  purposeOf,
  type NewSecret,
  type SecretHost,
} from './defineSecret.ts';
import { SecretProblem } from './secretProblem.ts';

export interface CopySecretOptions extends WaitOptions {
  /** What to set on the other host in place of the value here: for private secrets and those without a value. */
  readonly value?: Uint8Array | undefined;
  /** Sets the value of a secret with the same UUID and use that is there already; else that is refused. Default false. */
  readonly replaceValue?: boolean | undefined;
}

/**
 * Defines the secret on another host with the same UUID, use and description, and gives it the same value, which goes
 * through memory alone. Rejects with a {@link SecretProblem}: `private` and `no-value` when there is no value to copy,
 * `uuid-taken` and `usage-taken` when the other host has another secret in its place. @returns the secret there
 */
export async function copySecret(
  secret: SecretRef,
  from: SecretHost,
  to: SecretHost,
  options: CopySecretOptions = {},
): Promise<SecretRef> {
  const { replaceValue = false, value: given, ...wait } = options;
  const value = given === undefined ? await readValue(secret, from, wait) : Buffer.from(given);
  try {
    const existing = replaceValue ? await findSecretByUuid(to, secret.uuid, wait) : undefined;
    const hasSameUse = existing?.usageType === secret.usageType && existing.usageId === secret.usageId;
    if (!existing || !hasSameUse)
      return await createSecret(to, await definitionOf(secret, from, wait), value, wait);
    await setSecretValue(to.connection, existing, value, wait);
    return existing;
  } finally {
    value.fill(0);
  }
}

async function readValue(secret: SecretRef, from: SecretHost, options: WaitOptions): Promise<Buffer> {
  const value = await readSecretValue(from, secret, options);
  if (value.kind === 'set') return value.bytes;
  const advice = t('Give the value from a keyring instead.');
  throw value.kind === 'private'
    ? new SecretProblem(
        'private',
        t('The secret {0} on {1} is private: libvirt tells its value to nobody.', nameOf(secret), from.name),
        { advice },
      )
    : new SecretProblem('no-value', t('The secret {0} on {1} has no value.', nameOf(secret), from.name), {
        advice,
      });
}

async function definitionOf(
  secret: SecretRef,
  { connection }: SecretHost,
  options: WaitOptions,
): Promise<NewSecret> {
  const model = await parseSecret(await getSecretXml(connection, secret, options));
  const { uuid, description, ephemeral, private: isPrivate } = model;
  const purpose = purposeOf(model.usageType);
  const usage = purpose && { type: purpose, id: model.usage ?? '' };
  return { uuid, description, ephemeral, private: isPrivate, usage };
}

function nameOf({ usageId, usageType, uuid }: SecretRef): string {
  return usageId === '' ? uuid : `${usageTypeName(usageType)} “${usageId}”`;
}
