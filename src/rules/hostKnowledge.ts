/** How a `<secret>` is referred to: exactly one of the two. */
export type SecretReference = { readonly uuid: string } | { readonly usage: string };

/** A Ceph monitor as a `<host>` names it; without a port librados takes its own defaults. */
export interface Monitor {
  readonly name: string;
  readonly port?: number | undefined;
}

/** A storage pool of type rbd. */
export interface KnownRbdPool {
  /** libvirt's name of the pool. */
  readonly name: string;
  /** The `<name>` of its source: the pool in Ceph. */
  readonly cephPool: string;
  readonly hosts: readonly Monitor[];
  /** undefined when the pool connects without cephx. */
  readonly auth: { readonly username: string; readonly secret: SecretReference } | undefined;
}

export interface KnownSecret {
  readonly uuid: string;
  /** libvirt's word: ceph, iscsi, volume, tls, vtpm, none. */
  readonly usageType: string;
  /** What the secret's `<usage>` names; undefined when it has none. */
  readonly usageId?: string | undefined;
}

/** What the connected host knows and rules ask for. */
export interface HostKnowledge {
  readonly pools: readonly KnownRbdPool[];
  readonly secrets: readonly KnownSecret[];
}
