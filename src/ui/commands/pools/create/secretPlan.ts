import type { SecretRef } from '../../../../libvirt/protocol/refs.ts';
import { lookupSecret, setSecretValue } from '../../../../libvirt/secrets.ts';
import { createSecret, type SecretHost } from '../../../../operations/secrets/defineSecret.ts';

/** The secret of a new pool: one of the host, or one that is made for it. */
export interface PlannedSecret {
  readonly uuid: string;
  /** undefined: it is there already. */
  readonly make: { readonly type: 'ceph' | 'iscsi'; readonly usageId: string } | undefined;
  /** The value to set; undefined: it has one. */
  readonly value: Buffer | undefined;
}

/** Makes the secret, or gives it its value. @returns it if it was made, undefined when it was there */
export async function provideSecret(
  { uuid, make, value }: PlannedSecret,
  host: SecretHost,
  signal: AbortSignal,
): Promise<SecretRef | undefined> {
  if (make)
    return createSecret(host, { uuid, usage: { type: make.type, id: make.usageId } }, value, { signal });
  if (!value) return undefined;
  const ref = await lookupSecret(host.connection, uuid, { signal });
  await setSecretValue(host.connection, ref, value, { signal });
  return undefined;
}
