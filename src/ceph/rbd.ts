import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph, runCeph, workCeph, type CephRunOptions } from './cephProgram.ts';

/** A pool in Ceph, or a namespace in it. */
export interface RbdPlace {
  readonly pool: string;
  readonly namespace: string | undefined;
}

/** An image; `parseRbdName()` of libvirt/model gives the same. */
export interface RbdImage extends RbdPlace {
  readonly image: string;
}

export interface RbdSnapshotName extends RbdImage {
  readonly snapshot: string;
}

/** What `rbd info` tells. */
export interface RbdImageInfo {
  readonly name: string;
  /** Empty for an image of format 1. */
  readonly id: string;
  /** Bytes: what a guest sees. */
  readonly size: number;
  /** Bytes. */
  readonly objectSize: number;
  /** `layering`, `exclusive-lock`, `object-map` ... */
  readonly features: readonly string[];
  /** The pool that holds the data where that is not the image's own. */
  readonly dataPool: string | undefined;
  /** With those of mirroring, of groups, and those that clones have left. */
  readonly snapshotCount: number;
  /** The snapshot that this image is a copy-on-write clone of. */
  readonly parent: RbdSnapshotName | undefined;
}

/** Who has the image open. */
export interface RbdWatcher {
  /** `10.0.0.5:0/3245` */
  readonly address: string;
  readonly client: number;
}

export interface RbdSnapshotInfo {
  readonly id: number;
  readonly name: string;
  /** Bytes, of the image as it was. */
  readonly size: number;
  readonly protected: boolean;
  /** As Ceph writes it: `Fri Nov 20 11:34:28 2026`. */
  readonly timestamp: string;
}

export interface RbdCreateOptions extends CephRunOptions {
  /** Default: those that the cluster's clients are configured for. */
  readonly features?: readonly string[] | undefined;
  readonly dataPool?: string | undefined;
  /** Bytes, a power of two. */
  readonly objectSize?: number | undefined;
}

/** Ceph's programs have no way to say this name. */
export class RbdNameProblem extends Problem {
  readonly code = 'rbd-name';
}

/**
 * `rbd` reads every name as `pool/image@snap`, so that `a/b` would be the image b of the pool a. libvirt's own library
 * calls take such names.
 */
function sayable(name: string): string {
  if (!/[/@]/.test(name)) return name;
  throw new RbdNameProblem(
    t('rbd has no way to name the image {0}: it takes / and @ for separators.', name),
    {
      advice: t('libvirt can: use it as a volume of a storage pool over this Ceph pool.'),
    },
  );
}

export function placeArguments({ pool, namespace }: RbdPlace): readonly string[] {
  return [`--pool=${pool}`, ...(namespace === undefined ? [] : [`--namespace=${namespace}`])];
}

/** @throws {RbdNameProblem} */
export function imageArguments(image: RbdImage | RbdSnapshotName): readonly string[] {
  return [
    ...placeArguments(image),
    `--image=${sayable(image.image)}`,
    ...('snapshot' in image ? [`--snap=${image.snapshot}`] : []),
  ];
}

export function destinationArguments({ pool, namespace, image }: RbdImage): readonly string[] {
  return [
    `--dest-pool=${pool}`,
    ...(namespace === undefined ? [] : [`--dest-namespace=${namespace}`]),
    `--dest=${sayable(image)}`,
  ];
}

function creationArguments({ features, dataPool, objectSize }: RbdCreateOptions): readonly string[] {
  return [
    ...(features ?? []).flatMap((feature) => ['--image-feature', feature]),
    ...(dataPool === undefined ? [] : [`--data-pool=${dataPool}`]),
    ...(objectSize === undefined ? [] : ['--object-size', `${objectSize}B`]),
  ];
}

/** The names of all images of a pool. 0.1 s for 5,000. */
export async function listRbdImages(
  client: CephClient,
  place: RbdPlace,
  options?: WaitOptions,
): Promise<readonly string[]> {
  return (await askCeph(client, 'rbd', ['ls', ...placeArguments(place)], options)) as readonly string[];
}

/** The size in bytes of every image of a pool. Opens each of them: 6 s for 5,000. */
export async function listRbdSizes(
  client: CephClient,
  place: RbdPlace,
  options?: WaitOptions,
): Promise<ReadonlyMap<string, number>> {
  const args = ['ls', '-l', ...placeArguments(place)];
  const lines = (await askCeph(client, 'rbd', args, options)) as readonly {
    readonly image: string;
    readonly size: number;
    readonly snapshot?: string;
  }[];
  return new Map(
    lines.filter(({ snapshot }) => snapshot === undefined).map(({ image, size }) => [image, size]),
  );
}

/** What `rbd info --format json` prints, as far as {@link readRbdInfo} takes it. */
export interface RbdInfoJson {
  readonly name: string;
  readonly id?: string;
  readonly size: number;
  readonly object_size: number;
  readonly features?: readonly string[];
  readonly data_pool?: string;
  readonly snapshot_count?: number;
  readonly parent?: {
    readonly pool: string;
    readonly pool_namespace?: string;
    readonly image: string;
    readonly snapshot: string;
  };
}

/** Rejects with ENOENT when there is no such image. */
export async function getRbdInfo(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<RbdImageInfo> {
  return readRbdInfo(
    (await askCeph(client, 'rbd', ['info', ...imageArguments(image)], options)) as RbdInfoJson,
  );
}

export function readRbdInfo(info: RbdInfoJson): RbdImageInfo {
  const { parent } = info;
  return {
    name: info.name,
    id: info.id ?? '',
    size: info.size,
    objectSize: info.object_size,
    features: info.features ?? [],
    dataPool: info.data_pool,
    snapshotCount: info.snapshot_count ?? 0,
    parent: parent && {
      pool: parent.pool,
      namespace: parent.pool_namespace === '' ? undefined : parent.pool_namespace,
      image: parent.image,
      snapshot: parent.snapshot,
    },
  };
}

/** Who has the image open: the hypervisor of every running domain that uses it, and clients that have crashed lately. */
export async function listRbdWatchers(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<readonly RbdWatcher[]> {
  const status = (await askCeph(client, 'rbd', ['status', ...imageArguments(image)], options)) as {
    readonly watchers?: readonly RbdWatcher[];
  };
  return (status.watchers ?? []).map(({ address, client: id }) => ({ address, client: id }));
}

/** A new empty image. @param size bytes. Rejects with EEXIST when there is one of the name. */
export async function createRbdImage(
  client: CephClient,
  image: RbdImage,
  size: number,
  options: RbdCreateOptions = {},
): Promise<void> {
  const args = ['create', ...imageArguments(image), '--size', `${size}B`, ...creationArguments(options)];
  await runCeph(client, 'rbd', args, options);
}

/** A copy-on-write clone of a snapshot, which must be protected unless the cluster requires clients of mimic. */
export async function cloneRbdImage(
  client: CephClient,
  snapshot: RbdSnapshotName,
  clone: RbdImage,
  options: RbdCreateOptions = {},
): Promise<void> {
  const args = [
    'clone',
    ...imageArguments(snapshot),
    ...destinationArguments(clone),
    ...creationArguments(options),
  ];
  await runCeph(client, 'rbd', args, options);
}

/** A full copy, which depends on nothing; holes stay holes. It takes as long as there is data. */
export async function copyRbdImage(
  client: CephClient,
  source: RbdImage | RbdSnapshotName,
  copy: RbdImage,
  options: RbdCreateOptions = {},
): Promise<void> {
  const args = [
    'cp',
    ...imageArguments(source),
    ...destinationArguments(copy),
    ...creationArguments(options),
  ];
  await workCeph(client, 'rbd', args, options);
}

/** Copies what a clone still shares with its parent, so that it depends on nothing. */
export async function flattenRbdImage(
  client: CephClient,
  image: RbdImage,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(client, 'rbd', ['flatten', ...imageArguments(image)], options);
}

/** Within its pool. Whoever has the image open goes on; definitions that name it are not changed. */
export async function renameRbdImage(
  client: CephClient,
  image: RbdImage,
  name: string,
  options?: WaitOptions,
): Promise<void> {
  const destination = destinationArguments({ ...image, image: name });
  await runCeph(client, 'rbd', ['rename', ...imageArguments(image), ...destination], options);
}

/** Rejects with EBUSY when somebody has it open, with ENOTEMPTY when it has snapshots. */
export async function removeRbdImage(
  client: CephClient,
  image: RbdImage,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(client, 'rbd', ['rm', ...imageArguments(image)], options);
}

/** @param size bytes @param options.shrink what is beyond the new end is lost; without it a smaller size is EINVAL */
export async function resizeRbdImage(
  client: CephClient,
  image: RbdImage,
  size: number,
  options: CephRunOptions & { readonly shrink?: boolean } = {},
): Promise<void> {
  const shrink = options.shrink === true ? ['--allow-shrink'] : [];
  await workCeph(
    client,
    'rbd',
    ['resize', ...imageArguments(image), '--size', `${size}B`, ...shrink],
    options,
  );
}

interface SnapshotJson {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly protected?: string | boolean;
  readonly timestamp?: string;
}

/** Those of users; of the hidden ones that libvirt's clone makes only those that `rbd snap ls` shows. */
export async function listRbdSnapshots(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<readonly RbdSnapshotInfo[]> {
  const args = ['snap', 'ls', ...imageArguments(image)];
  const snapshots = (await askCeph(client, 'rbd', args, options)) as readonly SnapshotJson[];
  return snapshots.map((one) => ({
    id: one.id,
    name: one.name,
    size: one.size,
    protected: one.protected === true || one.protected === 'true',
    timestamp: one.timestamp ?? '',
  }));
}

/** The images that are copy-on-write clones of a snapshot, or of any snapshot of an image. */
export async function listRbdChildren(
  client: CephClient,
  parent: RbdImage | RbdSnapshotName,
  options?: WaitOptions,
): Promise<readonly RbdImage[]> {
  const args = ['children', ...imageArguments(parent)];
  const children = (await askCeph(client, 'rbd', args, options)) as readonly {
    readonly pool: string;
    readonly pool_namespace?: string;
    readonly image: string;
  }[];
  return children.map((child) => ({
    pool: child.pool,
    namespace: child.pool_namespace === '' ? undefined : child.pool_namespace,
    image: child.image,
  }));
}

async function onSnapshot(
  client: CephClient,
  verb: string,
  snapshot: RbdSnapshotName,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(client, 'rbd', ['snap', verb, ...imageArguments(snapshot)], options);
}

/** Of the image as it is on disk at that moment: freeze or pause the domain first for a consistent one. */
export async function createRbdSnapshot(
  client: CephClient,
  snapshot: RbdSnapshotName,
  options?: CephRunOptions,
): Promise<void> {
  await onSnapshot(client, 'create', snapshot, options);
}

/** Rejects with EBUSY while it is protected or has clones. */
export async function removeRbdSnapshot(
  client: CephClient,
  snapshot: RbdSnapshotName,
  options?: CephRunOptions,
): Promise<void> {
  await onSnapshot(client, 'rm', snapshot, options);
}

/** Writes the snapshot's content over the image; nobody may have it open. */
export async function rollbackRbdImage(
  client: CephClient,
  snapshot: RbdSnapshotName,
  options?: CephRunOptions,
): Promise<void> {
  await onSnapshot(client, 'rollback', snapshot, options);
}

/** Before it can be cloned. Rejects with EBUSY when it is protected already. */
export async function protectRbdSnapshot(
  client: CephClient,
  snapshot: RbdSnapshotName,
  options?: WaitOptions,
): Promise<void> {
  await onSnapshot(client, 'protect', snapshot, options);
}

/** Rejects with EBUSY while it has clones. */
export async function unprotectRbdSnapshot(
  client: CephClient,
  snapshot: RbdSnapshotName,
  options?: WaitOptions,
): Promise<void> {
  await onSnapshot(client, 'unprotect', snapshot, options);
}
