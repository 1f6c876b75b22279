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

/** A storage pool of any type. */
export interface KnownPool {
  readonly name: string;
  readonly uuid: string;
  /** libvirt's word: dir, rbd, logical ...; undefined while the pool does not answer. */
  readonly type: string | undefined;
  readonly isActive: boolean;
}

/** A volume of an active pool, as far as the host has listed it. */
export interface KnownVolume {
  /** libvirt's name of the pool. */
  readonly pool: string;
  readonly name: string;
  /** The path on the host; for RBD `cephPool/image`. */
  readonly path: string;
}

export interface KnownSecret {
  readonly uuid: string;
  /** libvirt's word: ceph, iscsi, volume, tls, vtpm, none. */
  readonly usageType: string;
  /** What the secret's `<usage>` names; undefined when it has none. */
  readonly usageId?: string | undefined;
  /** undefined when the host does not tell. */
  readonly hasValue?: boolean | undefined;
}

export interface KnownNetwork {
  readonly name: string;
  readonly uuid: string;
  readonly isActive: boolean;
  /** The bridge that it made or uses; undefined when it has none. */
  readonly bridge: string | undefined;
  readonly portgroups: readonly string[];
}

/** What one disk of a domain's definition holds; the same words for the same storage. */
export interface KnownDisk {
  readonly target: string;
  /**
   * `rbd:pool/image` (of a snapshot `rbd:pool/image@snapshot`), `file:/path`, `block:/dev/..`, `dir:/path`,
   * `volume:pool/name`; undefined for an empty drive and for storage of another kind.
   */
  readonly storage: string | undefined;
  readonly isShareable: boolean;
  readonly isReadOnly: boolean;
}

/** A domain of the host, as its definition for the next start says. One that did not answer has no MACs and disks. */
export interface KnownDomain {
  readonly name: string;
  readonly uuid: string;
  readonly isActive: boolean;
  /** In lower case. */
  readonly macs: readonly string[];
  readonly disks: readonly KnownDisk[];
}

/**
 * The value lists that a host's domain capabilities give, by the place in the domain they are for: `disk/target@bus`;
 * `capabilityPlaces` of src/libvirt/model/capabilityPlaces.ts lists the places. What is not in a list, the host refuses,
 * but for the `openPlaces`. A list is empty where the host has nothing of the kind; a place whose values the host does
 * not tell is absent.
 */
export type CapabilityValues = ReadonlyMap<string, readonly string[]>;

/** What a domain says of the machine it wants; what it leaves open, libvirt chooses. */
export interface DomainKind {
  readonly emulator?: string | undefined;
  readonly architecture?: string | undefined;
  /** In full or an alias. */
  readonly machine?: string | undefined;
  readonly virtType?: string | undefined;
}

/** What QEMU on the host can do for one kind of machine (libvirt's virConnectGetDomainCapabilities). */
export interface KnownDomainCapabilities {
  readonly emulator: string;
  readonly architecture: string;
  /** The kinds that lead here: find an entry with `domainCapabilitiesFor()`. */
  readonly kinds: readonly DomainKind[];
  /** In its full name: `pc-q35-7.2`. */
  readonly machine: string;
  /** kvm, qemu ... */
  readonly virtType: string;
  readonly maxVcpus: number | undefined;
  /** CPU models that are usable, the others. */
  readonly cpuModels: { readonly usable: readonly string[]; readonly unusable: readonly string[] };
  readonly firmwareLoaders: readonly string[];
  readonly values: CapabilityValues;
}

/** What a guest on the host can be (libvirt's virConnectGetCapabilities), one entry an architecture. */
export interface KnownGuest {
  readonly architecture: string;
  readonly osType: string;
  readonly virtTypes: readonly string[];
  readonly emulator: string | undefined;
  /** Canonical names and aliases: `pc-q35-7.2`, `q35`. */
  readonly machines: readonly string[];
  /** The canonical name of each alias. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Another connected host, for what must be the same on both. */
export interface OtherHost {
  readonly hostName: string;
  readonly domainUuids: ReadonlySet<string>;
  readonly secrets: readonly KnownSecret[];
}

/**
 * What the connected host knows, for rules and completion. What is undefined is not known (yet): then nothing may be
 * concluded from it. What is there is complete.
 */
export interface HostKnowledge {
  /** As people call the host. */
  readonly hostName: string;
  /** 9000000 is 9.0.0. */
  readonly libvirtVersion?: number | undefined;
  readonly rbdPools: readonly KnownRbdPool[];
  readonly secrets: readonly KnownSecret[];
  readonly pools?: readonly KnownPool[] | undefined;
  /** Only of these pools (libvirt's names) the volumes are known. */
  readonly listedPools?: ReadonlySet<string> | undefined;
  readonly volumes?: readonly KnownVolume[] | undefined;
  readonly networks?: readonly KnownNetwork[] | undefined;
  /** Every domain of the host, that of the document too: same UUID. */
  readonly domains?: readonly KnownDomain[] | undefined;
  /** Bridges of the host itself. */
  readonly bridges?: readonly string[] | undefined;
  /** The names of network filters. */
  readonly nwfilters?: readonly string[] | undefined;
  /** Of the files that documents name, those that the host says are not there. Any other may be there or not. */
  readonly missingFiles?: ReadonlySet<string> | undefined;
  readonly guests?: readonly KnownGuest[] | undefined;
  /** Of the kinds that were asked for; a kind that the host refuses has no entry. */
  readonly domainCapabilities?: readonly KnownDomainCapabilities[] | undefined;
  readonly otherHosts?: readonly OtherHost[] | undefined;
}
