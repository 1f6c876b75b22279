/** libvirt's types of storage pools. */
export const poolTypes = [
  'dir',
  'rbd',
  'netfs',
  'logical',
  'fs',
  'disk',
  'iscsi',
  'iscsi-direct',
  'scsi',
  'mpath',
  'gluster',
  'zfs',
  'vstorage',
] as const;
export type PoolType = (typeof poolTypes)[number];

/** A server that the storage is on, or a Ceph monitor. */
export interface StorageServer {
  readonly name: string;
  /** Left out: the usual one of the protocol. */
  readonly port?: number | undefined;
}

/** Where the disks of a scsi pool are attached. */
export type ScsiAdapter =
  | { readonly type: 'scsi_host'; readonly name: string }
  /** A virtual port of Fibre Channel, that libvirt makes on a host adapter. */
  | {
      readonly type: 'fc_host';
      readonly parent?: string | undefined;
      readonly wwnn: string;
      readonly wwpn: string;
    };

export interface PoolLogin {
  readonly type: 'ceph' | 'chap';
  readonly username: string;
  readonly secretUuid: string;
}

/** What a new pool is made of. Which parts a type has is in libvirt's formatstorage.html; others are left out. */
export interface NewPool {
  readonly type: PoolType;
  readonly name: string;
  readonly servers?: readonly StorageServer[];
  /** What the storage calls it: a volume group, a zpool, a Gluster volume, a Ceph pool. */
  readonly sourceName?: string | undefined;
  /** Block devices; of iSCSI the name of the target. */
  readonly devices?: readonly string[];
  /** What a server exports, or a folder in a Gluster volume. */
  readonly directory?: string | undefined;
  /** File system, partition table; libvirt's word. */
  readonly format?: string | undefined;
  /** Of NFS: `4.1`. */
  readonly protocolVersion?: string | undefined;
  /** For mount, over libvirt's own (libvirt 5.1). Anybody may read them: never a password. */
  readonly mountOptions?: readonly string[];
  readonly adapter?: ScsiAdapter | undefined;
  /** The name under which the host logs in to iSCSI. */
  readonly initiator?: string | undefined;
  readonly login?: PoolLogin | undefined;
  /** Where the volumes appear on the host. */
  readonly targetPath?: string | undefined;
}
