import { array, bool, flags, i32, opaque, string, u32, uuid } from '../wire/xdrTypes.ts';
import { procedure } from './procedure.ts';
import { secretRef } from './refs.ts';

const value = opaque(65_536);

export const connectListAllSecrets = procedure(
  287,
  { needResults: bool, flags },
  { secrets: array(secretRef), count: u32 },
);
export const secretLookupByUuid = procedure(141, { uuid }, { secret: secretRef });
export const secretLookupByUsage = procedure(147, { usageType: i32, usageId: string }, { secret: secretRef });
export const secretDefineXml = procedure(142, { xml: string, flags }, { secret: secretRef });
export const secretGetXmlDesc = procedure(143, { secret: secretRef, flags }, { xml: string });
export const secretSetValue = procedure(144, { secret: secretRef, value, flags });
export const secretGetValue = procedure(145, { secret: secretRef, flags }, { value });
export const secretUndefine = procedure(146, { secret: secretRef });

/** virSecretUsageType of libvirt-secret.h. */
export const SecretUsageType = { none: 0, volume: 1, ceph: 2, iscsi: 3, tls: 4, vtpm: 5 } as const;

/** virConnectListAllSecretsFlags of libvirt-secret.h. */
export const ListSecrets = { ephemeral: 1, noEphemeral: 2, private: 4, noPrivate: 8 } as const;

/** virSecretDefineFlags of libvirt-secret.h. */
export const SecretDefine = { validate: 1 } as const;
