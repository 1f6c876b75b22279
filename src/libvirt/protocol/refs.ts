import { i32, string, struct, uuid, type ValueOf } from '../wire/xdrTypes.ts';

/**
 * How the daemon names its objects. A reference is sent back as it came; libvirt looks objects up by UUID
 * (volumes by pool and name, secrets by UUID) and does not mind an old name or id.
 */

/** `id` is -1 while the domain is off. */
export const domainRef = struct({ name: string, uuid, id: i32 });
export type DomainRef = ValueOf<typeof domainRef>;

export const poolRef = struct({ name: string, uuid });
export type PoolRef = ValueOf<typeof poolRef>;

/** `pool` is the pool's name; `key` is unique on the host, of an RBD volume it is `cephpool/image`. */
export const volumeRef = struct({ pool: string, name: string, key: string });
export type VolumeRef = ValueOf<typeof volumeRef>;

/** `usageType` is one of {@link SecretUsageType}; `usageId` what the secret is for, of a Ceph secret its name. */
export const secretRef = struct({ uuid, usageType: i32, usageId: string });
export type SecretRef = ValueOf<typeof secretRef>;

export const networkRef = struct({ name: string, uuid });
export type NetworkRef = ValueOf<typeof networkRef>;

/** A domain's interface in a network, from the network's side. */
export const networkPortRef = struct({ network: networkRef, uuid });
export type NetworkPortRef = ValueOf<typeof networkPortRef>;

export const nodeDeviceRef = struct({ name: string });
export type NodeDeviceRef = ValueOf<typeof nodeDeviceRef>;

export const interfaceRef = struct({ name: string, mac: string });
export type InterfaceRef = ValueOf<typeof interfaceRef>;

export const nwfilterRef = struct({ name: string, uuid });
export type NwfilterRef = ValueOf<typeof nwfilterRef>;

export const snapshotRef = struct({ name: string, domain: domainRef });
export type SnapshotRef = ValueOf<typeof snapshotRef>;

export const checkpointRef = struct({ name: string, domain: domainRef });
export type CheckpointRef = ValueOf<typeof checkpointRef>;
