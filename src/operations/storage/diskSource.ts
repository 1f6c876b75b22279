/** Where the bytes of a disk are, as a domain's `<disk>` says it. */
export type DiskSource =
  { readonly kind: 'file' | 'block'; readonly path: string; readonly format: string } | RbdImageSource;

/** An RBD image and how QEMU reaches it. */
export interface RbdImageSource {
  readonly kind: 'rbd';
  /** `cephpool/image`, `cephpool/namespace/image` */
  readonly image: string;
  /** All of the pool: QEMU must find the cluster when one is down. None: those of the host's ceph.conf. */
  readonly monitors: readonly { readonly name: string; readonly port: number | undefined }[];
  /** The secret by its UUID: a disk that names it by usage does so for this host only. */
  readonly auth: { readonly username: string; readonly secretUuid: string } | undefined;
}
