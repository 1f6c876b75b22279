import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import type { SecretRef } from './protocol/refs.ts';
import * as protocol from './protocol/secret.ts';
import { type Defined, defineValidated } from './validation.ts';

/** @param filter flags of `ListSecrets`; none lists all */
export async function listSecrets(
  connection: LibvirtConnection,
  filter = 0,
  options?: WaitOptions,
): Promise<readonly SecretRef[]> {
  const args = { needResults: true, flags: filter };
  return (await connection.call(protocol.connectListAllSecrets, args, options)).secrets;
}

export async function lookupSecret(
  connection: LibvirtConnection,
  uuid: string,
  options?: WaitOptions,
): Promise<SecretRef> {
  return (await connection.call(protocol.secretLookupByUuid, { uuid }, options)).secret;
}

/** @param usageType one of `SecretUsageType` */
export async function lookupSecretByUsage(
  connection: LibvirtConnection,
  usageType: number,
  usageId: string,
  options?: WaitOptions,
): Promise<SecretRef> {
  return (await connection.call(protocol.secretLookupByUsage, { usageType, usageId }, options)).secret;
}

/** The definition; it never holds the value. */
export async function getSecretXml(
  connection: LibvirtConnection,
  secret: SecretRef,
  options?: WaitOptions,
): Promise<string> {
  return (await connection.call(protocol.secretGetXmlDesc, { secret, flags: 0 }, options)).xml;
}

/** Defines or redefines, checked by the daemon's schema where the daemon can (libvirt 7.7). */
export async function defineSecret(
  connection: LibvirtConnection,
  xml: string,
  options?: WaitOptions,
): Promise<Defined<SecretRef>> {
  const define = async (flags: number): Promise<SecretRef> =>
    (await connection.call(protocol.secretDefineXml, { xml, flags }, options)).secret;
  return defineValidated(
    () => define(protocol.SecretDefine.validate),
    () => define(0),
  );
}

/** @param value of a Ceph secret: the key's bytes, that is, the base64 text of the keyring decoded */
export async function setSecretValue(
  connection: LibvirtConnection,
  secret: SecretRef,
  value: Uint8Array,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.secretSetValue, { secret, value, flags: 0 }, options);
}

/** Rejects with `ErrorCode.noSecret` when no value is set, with `ErrorCode.invalidSecret` when it is private. */
export async function getSecretValue(
  connection: LibvirtConnection,
  secret: SecretRef,
  options?: WaitOptions,
): Promise<Uint8Array> {
  return (await connection.call(protocol.secretGetValue, { secret, flags: 0 }, options)).value;
}

export async function undefineSecret(
  connection: LibvirtConnection,
  secret: SecretRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.secretUndefine, { secret }, options);
}

/** libvirt's word for what a secret is for: `ceph`, `volume` ... */
export function usageTypeName(usageType: number): string {
  const words = Object.entries(protocol.SecretUsageType);
  return words.find(([, number]) => number === usageType)?.[0] ?? String(usageType);
}
