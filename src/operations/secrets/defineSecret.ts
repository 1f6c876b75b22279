import { randomUUID } from 'node:crypto';
import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { SecretUsageType } from '../../libvirt/protocol/secret.ts';
import {
  defineSecret,
  lookupSecret,
  lookupSecretByUsage,
  setSecretValue,
  undefineSecret,
} from '../../libvirt/secrets.ts';
import { libvirtLayout, writeElement } from '../../xml/writer.ts';
import { SecretProblem } from './secretProblem.ts';

/** libvirt's words for what secrets are for. */
export type SecretPurpose = Exclude<keyof typeof SecretUsageType, 'none'>;

export interface NewSecret {
  /** Left out: a new one. */
  readonly uuid?: string | undefined;
  /** What it is for, and its name there: no two secrets of a host have the same. undefined: it is found by UUID alone. */
  readonly usage: { readonly type: SecretPurpose; readonly id: string } | undefined;
  readonly description?: string | undefined;
  /** libvirt never tells its value to a client. Default false. */
  readonly private?: boolean | undefined;
  /** Kept in memory alone: it is gone when libvirt restarts. Default false. */
  readonly ephemeral?: boolean | undefined;
}

/** Where a secret is made; `name` for people. */
export interface SecretHost {
  readonly name: string;
  readonly connection: LibvirtConnection;
}

/** How the child of `<usage>` is called. */
const usageElements: Readonly<Record<SecretPurpose, string>> = {
  ceph: 'name',
  volume: 'volume',
  iscsi: 'target',
  tls: 'name',
  vtpm: 'name',
};

/** libvirt's word as a purpose; undefined for `none` and for uses that are newer than this. */
export function purposeOf(usageType: string | undefined): SecretPurpose | undefined {
  return usageType !== undefined && isPurpose(usageType) ? usageType : undefined;
}

function isPurpose(usageType: string): usageType is SecretPurpose {
  return usageType in usageElements;
}

/** The definition, as libvirt writes it. */
export function secretXml(secret: NewSecret & { readonly uuid: string }): string {
  const { uuid, usage, description } = secret;
  const yesNo = (value: boolean | undefined): string => (value === true ? 'yes' : 'no');
  const text = (name: string, content: string): { name: string; text: string } => ({ name, text: content });
  return writeElement(
    {
      name: 'secret',
      attributes: { ephemeral: yesNo(secret.ephemeral), private: yesNo(secret.private) },
      children: [
        text('uuid', uuid),
        ...(description === undefined || description === '' ? [] : [text('description', description)]),
        ...(usage === undefined
          ? []
          : [
              {
                name: 'usage',
                attributes: { type: usage.type },
                children: [text(usageElements[usage.type], usage.id)],
              },
            ]),
      ],
    },
    libvirtLayout,
  );
}

/**
 * Defines a new secret and sets its value, if one is given; when that fails or is cancelled, the definition is taken
 * away again. Rejects with a {@link SecretProblem} when its UUID or its use is taken on the host: nothing is replaced.
 * @param value of a Ceph secret: the key's bytes, see `decodeCephKey()`
 */
export async function createSecret(
  host: SecretHost,
  secret: NewSecret,
  value: Uint8Array | undefined,
  options: WaitOptions = {},
): Promise<SecretRef> {
  const uuid = secret.uuid ?? randomUUID();
  await refuseTaken(host, { ...secret, uuid }, options);
  const { connection } = host;
  try {
    const { ref } = await defineSecret(connection, secretXml({ ...secret, uuid }), options);
    if (value !== undefined) await setSecretValue(connection, ref, value, options);
    return ref;
  } catch (error) {
    await takeAway(host, uuid, error);
    throw error;
  }
}

/** The secret with this UUID; undefined when the host has none. */
export async function findSecretByUuid(
  { connection }: SecretHost,
  uuid: string,
  options?: WaitOptions,
): Promise<SecretRef | undefined> {
  return orUndefined(lookupSecret(connection, uuid, options));
}

/** The secret for this use; undefined when the host has none. */
export async function findSecretByUsage(
  { connection }: SecretHost,
  { type, id }: { readonly type: SecretPurpose; readonly id: string },
  options?: WaitOptions,
): Promise<SecretRef | undefined> {
  return orUndefined(lookupSecretByUsage(connection, SecretUsageType[type], id, options));
}

async function orUndefined(lookup: Promise<SecretRef>): Promise<SecretRef | undefined> {
  try {
    return await lookup;
  } catch (error) {
    if (isLibvirtError(error, ErrorCode.noSecret)) return undefined;
    throw error;
  }
}

async function refuseTaken(
  host: SecretHost,
  { uuid, usage }: NewSecret & { readonly uuid: string },
  options: WaitOptions,
): Promise<void> {
  const [byUuid, byUsage] = await Promise.all([
    findSecretByUuid(host, uuid, options),
    usage && findSecretByUsage(host, usage, options),
  ]);
  if (byUuid) {
    throw new SecretProblem('uuid-taken', t('{0} has a secret with the UUID {1} already.', host.name, uuid), {
      advice: t('Set the value of that one, or choose another UUID.'),
    });
  }
  if (byUsage && usage) {
    throw new SecretProblem(
      'usage-taken',
      t('{0} has another secret for {1} “{2}”: {3}.', host.name, usage.type, usage.id, byUsage.uuid),
      { advice: t('Set the value of that one, or choose another name.') },
    );
  }
}

/** How long a secret that has no value may take to be undefined again. */
const takeAwayMs = 10_000;

async function takeAway(host: SecretHost, uuid: string, cause: unknown): Promise<void> {
  const { connection, name } = host;
  const options = { timeoutMs: takeAwayMs };
  try {
    const ref = await findSecretByUuid(host, uuid, options);
    if (ref) await undefineSecret(connection, ref, options);
  } catch {
    throw new SecretProblem(
      'left-without-value',
      t(
        'The secret {0} was perhaps defined on {1}, but its value was not set: {2}',
        uuid,
        name,
        messageOf(cause),
      ),
      { cause, advice: t('Look whether it is there. Set its value, or undefine it.') },
    );
  }
}
