import type { DiskSource, DomainDisk } from '../../libvirt/model/disk.ts';
import type { KnownRbdPool, Monitor } from '../../rules/hostKnowledge.ts';

/** A place in a domain that names storage which is, or may be, an RBD image. */
export interface RbdReference {
  /** `vda` */
  readonly target: string;
  /** `backing`: an image below that of the disk. `mirror`: what a block job copies the disk to. */
  readonly role: 'disk' | 'backing' | 'mirror';
  readonly storage:
    | {
        readonly kind: 'image';
        /** `cephPool/image` or `cephPool/namespace/image`. */
        readonly name: string;
        readonly snapshot: string | undefined;
        /** None: those of the host's ceph.conf. */
        readonly monitors: readonly Monitor[];
      }
    /** A volume of one of libvirt's pools, of whatever type that is. */
    | { readonly kind: 'volume'; readonly pool: string; readonly name: string };
  readonly isReadOnly: boolean;
  readonly isShareable: boolean;
}

export function rbdReferencesOf(disk: DomainDisk): readonly RbdReference[] {
  const { target, backing, mirror, readOnly: isReadOnly, shareable: isShareable } = disk;
  const named = (role: RbdReference['role'], source: DiskSource | undefined): readonly RbdReference[] => {
    const storage = source && storageOf(source);
    if (!storage) return [];
    return [{ target, role, storage, isReadOnly: isReadOnly || role === 'backing', isShareable }];
  };
  return [
    ...named('disk', disk.source),
    ...backing.flatMap(({ source }) => named('backing', source)),
    ...named('mirror', mirror?.target),
  ];
}

function storageOf(source: DiskSource): RbdReference['storage'] | undefined {
  if (source.type === 'volume') return { kind: 'volume', pool: source.pool, name: source.volume };
  if (source.type !== 'network' || source.protocol !== 'rbd') return undefined;
  const { name, snapshot, hosts } = source;
  const monitors = hosts.flatMap((host) =>
    host.name === undefined ? [] : [{ name: host.name, port: host.port }],
  );
  return { kind: 'image', name, snapshot, monitors };
}

/** A reference that is surely to an RBD image. */
export interface ImageReference extends Omit<RbdReference, 'storage'> {
  /** `cephPool/image` or `cephPool/namespace/image`. */
  readonly name: string;
  readonly snapshot: string | undefined;
  readonly monitors: readonly Monitor[];
  /** The pool of libvirt by whose volume it is named; undefined: by Ceph's own name. */
  readonly viaPool: string | undefined;
}

/** undefined for a volume of a pool that is not of type rbd. */
export function resolveReference(
  { storage, ...rest }: RbdReference,
  pools: readonly KnownRbdPool[],
): ImageReference | undefined {
  if (storage.kind === 'image') {
    const { name, snapshot, monitors } = storage;
    return { ...rest, name, snapshot, monitors, viaPool: undefined };
  }
  const pool = pools.find(({ name }) => name === storage.pool);
  return (
    pool && {
      ...rest,
      name: `${pool.cephPool}/${storage.name}`,
      snapshot: undefined,
      monitors: pool.hosts,
      viaPool: pool.name,
    }
  );
}
