import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph } from './cephProgram.ts';
import {
  imageArguments,
  type RbdImage,
  type RbdSnapshotInfo,
  type RbdSnapshotName,
  readRbdInfo,
  type RbdImageInfo,
  type RbdInfoJson,
} from './rbd.ts';

/** How an image is mirrored to another cluster. */
export interface RbdMirroring {
  readonly mode: 'journal' | 'snapshot';
  /** `enabled`, `disabling`, `disabled`. */
  readonly state: string;
  readonly globalId: string;
  /** Whether it may be written to in this cluster. */
  readonly isPrimary: boolean;
}

/** All that `rbd info` tells. Times are as Ceph writes them, by the clock of the host: `Fri Nov 20 11:34:28 2026`. */
export interface RbdImageDetails extends RbdImageInfo {
  readonly format: number;
  readonly objects: number;
  /** What the names of its objects in the pool begin with: `rbd_data.10261d96fb15`. */
  readonly blockNamePrefix: string;
  /** What is done with it that old clients do not understand: `clone-parent`, `snap-trash`, `group` ... */
  readonly operationFeatures: readonly string[];
  /** `object map invalid`, `fast diff invalid`. */
  readonly flags: readonly string[];
  /** undefined where objects follow each other. Unit in bytes. */
  readonly striping: { readonly unit: number; readonly count: number } | undefined;
  /** The snapshot that this image is a copy-on-write clone of; overlap: bytes that it can still share with it. */
  readonly parent: (RbdSnapshotName & { readonly isTrashed: boolean; readonly overlap: number }) | undefined;
  readonly createdAt: string | undefined;
  readonly accessedAt: string | undefined;
  readonly modifiedAt: string | undefined;
  /** `pool/group`, `pool/namespace/group`. */
  readonly group: string | undefined;
  readonly mirroring: RbdMirroring | undefined;
}

interface DetailsJson extends RbdInfoJson {
  readonly objects: number;
  readonly block_name_prefix: string;
  readonly format: number;
  readonly op_features?: readonly string[];
  readonly flags?: readonly string[];
  readonly group?: string;
  readonly create_timestamp?: string;
  readonly access_timestamp?: string;
  readonly modify_timestamp?: string;
  readonly stripe_unit?: number;
  readonly stripe_count?: number;
  readonly parent?: NonNullable<RbdInfoJson['parent']> & {
    readonly trash?: boolean;
    readonly overlap?: number;
  };
  readonly mirroring?: {
    readonly mode?: string;
    readonly state: string;
    readonly global_id?: string;
    readonly primary?: boolean;
  };
}

/** Rejects with ENOENT when there is no such image. */
export async function getRbdDetails(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<RbdImageDetails> {
  const info = (await askCeph(client, 'rbd', ['info', ...imageArguments(image)], options)) as DetailsJson;
  const { parent, mirroring, stripe_unit, stripe_count = 1 } = info;
  const basics = readRbdInfo(info);
  return {
    ...basics,
    format: info.format,
    objects: info.objects,
    blockNamePrefix: info.block_name_prefix,
    operationFeatures: info.op_features ?? [],
    flags: info.flags ?? [],
    striping:
      stripe_unit === undefined || stripe_count <= 1 ? undefined : { unit: stripe_unit, count: stripe_count },
    parent: parent &&
      basics.parent && {
        ...basics.parent,
        isTrashed: parent.trash === true,
        overlap: parent.overlap ?? 0,
      },
    createdAt: info.create_timestamp,
    accessedAt: info.access_timestamp,
    modifiedAt: info.modify_timestamp,
    group: typeof info.group === 'string' && info.group !== '' ? info.group : undefined,
    mirroring:
      mirroring && mirroring.state !== 'disabled'
        ? {
            mode: mirroring.mode === 'snapshot' ? 'snapshot' : 'journal',
            state: mirroring.state,
            globalId: mirroring.global_id ?? '',
            isPrimary: mirroring.primary === true,
          }
        : undefined,
  };
}

/** Why a snapshot is there: `trash` was removed and is kept because clones need it. */
export type RbdSnapshotKind = 'user' | 'trash' | 'mirror' | 'group';

export interface RbdAnySnapshot extends RbdSnapshotInfo {
  readonly kind: RbdSnapshotKind;
  /** Of one in the trash, as it was called; of one of a group, the group's snapshot. */
  readonly originalName: string | undefined;
}

interface AnySnapshotJson {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly protected?: string | boolean;
  readonly timestamp?: string;
  readonly namespace?: {
    readonly type: string;
    readonly original_name?: string;
    readonly 'group snap'?: string;
  };
}

/** What `rbd snap ls --all` tells: those of users, and those that Ceph has made or keeps for itself. */
export async function listAllRbdSnapshots(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<readonly RbdAnySnapshot[]> {
  const args = ['snap', 'ls', '--all', ...imageArguments(image)];
  const snapshots = (await askCeph(client, 'rbd', args, options)) as readonly AnySnapshotJson[];
  return snapshots.map(({ id, name, size, timestamp, namespace, ...rest }) => ({
    id,
    name,
    size,
    protected: rest.protected === true || rest.protected === 'true',
    timestamp: timestamp ?? '',
    kind: kindOf(namespace?.type),
    originalName: namespace?.original_name ?? namespace?.['group snap'],
  }));
}

function kindOf(type: string | undefined): RbdSnapshotKind {
  return type === 'trash' || type === 'mirror' || type === 'group' ? type : 'user';
}

/** A clone of an image. */
export interface RbdClone extends RbdImage {
  readonly isTrashed: boolean;
}

/**
 * The clones of all snapshots of an image, also of those in the trash. Ceph looks for them in every pool: a client that
 * may not read one of them gets EPERM.
 */
export async function listRbdClones(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<readonly RbdClone[]> {
  const args = ['children', '--all', ...imageArguments(image)];
  const clones = (await askCeph(client, 'rbd', args, options)) as readonly {
    readonly pool: string;
    readonly pool_namespace?: string;
    readonly image: string;
    readonly trash?: boolean;
  }[];
  return clones.map((clone) => ({
    pool: clone.pool,
    namespace: clone.pool_namespace === '' ? undefined : clone.pool_namespace,
    image: clone.image,
    isTrashed: clone.trash === true,
  }));
}
