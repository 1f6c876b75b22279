import { CancelledError, type Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { Errno, isCephError } from '../../ceph/cephError.ts';
import type { CephRunOptions } from '../../ceph/cephProgram.ts';
import {
  listRbdChildren,
  listRbdSnapshots,
  listRbdWatchers,
  removeRbdSnapshot,
  rollbackRbdImage,
  unprotectRbdSnapshot,
  type RbdImage,
  type RbdSnapshotName,
} from '../../ceph/rbd.ts';
import { imageName } from '../snapshots/rbdDisks.ts';
import { ImageProblem } from './imageProblem.ts';

/** `pool/image@snapshot`, as people and Ceph write it. */
export function snapshotName(snapshot: RbdSnapshotName): string {
  return `${imageName(snapshot)}@${snapshot.snapshot}`;
}

/** Rejects with an {@link ImageProblem} that names the clones while there are any. */
export async function unprotectSnapshot(
  client: CephClient,
  snapshot: RbdSnapshotName,
  options?: WaitOptions,
): Promise<void> {
  try {
    await unprotectRbdSnapshot(client, snapshot, options);
  } catch (error) {
    if (!isCephError(error, Errno.EBUSY)) throw error;
    const clones = await listRbdChildren(client, snapshot, options);
    if (clones.length === 0) throw error;
    throw hasClones(snapshot, clones, error);
  }
}

/** A protected one is unprotected first. Rejects with an {@link ImageProblem} that names the clones while there are any. */
export async function deleteSnapshot(
  client: CephClient,
  snapshot: RbdSnapshotName,
  options: CephRunOptions & { readonly isProtected: boolean },
): Promise<void> {
  if (options.isProtected) await unprotectSnapshot(client, snapshot, { signal: options.signal });
  await removeRbdSnapshot(client, snapshot, options);
}

function hasClones(snapshot: RbdSnapshotName, clones: readonly RbdImage[], error: Problem): ImageProblem {
  return new ImageProblem(
    'has-children',
    t(
      '{0} stays as it is: these images are clones of it: {1}.',
      snapshotName(snapshot),
      listOfImages(clones),
    ),
    { cause: error, raw: error.raw, advice: t('Flatten or delete these images first.') },
  );
}

/** So many images are named; the others are counted. */
const told = 8;

export function listOfImages(images: readonly RbdImage[]): string {
  const some = images.slice(0, told).map(imageName).join(', ');
  return images.length > told ? t('{0} and {1} more', some, images.length - told) : some;
}

/**
 * Writes the content of a snapshot over its image. Ceph would do so under a running guest too: so nobody may have it open.
 * It goes on to the end once it has begun; rbd cannot take it back.
 */
export async function rollBackImage(
  client: CephClient,
  snapshot: RbdSnapshotName,
  { signal, report }: CephRunOptions = {},
): Promise<void> {
  await refuseOpenImage(client, snapshot, { signal });
  await rollbackRbdImage(client, snapshot, { report });
}

/** Rejects with an {@link ImageProblem} that tells who has the image open. */
export async function refuseOpenImage(
  client: CephClient,
  place: RbdImage | RbdSnapshotName,
  options?: WaitOptions,
): Promise<void> {
  const { pool, namespace, image } = place;
  const watchers = await listRbdWatchers(client, { pool, namespace, image }, options);
  if (watchers.length === 0) return;
  const by = watchers.map(({ address }) => address).join(', ');
  throw new ImageProblem('in-use', t('{0} is still open: {1}', imageName(place), by), {
    advice: t(
      'Shut off the domain that uses it, perhaps on another host. A client that has crashed is forgotten after 30 seconds.',
    ),
  });
}

export interface Purged {
  readonly removed: number;
  /** With clones, which need them. */
  readonly kept: readonly { readonly name: string; readonly clones: readonly RbdImage[] }[];
}

/**
 * Removes all snapshots of an image, the oldest first; protected ones are unprotected. Those with clones stay: `rbd snap
 * purge` would end well without telling.
 */
export async function purgeSnapshots(
  client: CephClient,
  image: RbdImage,
  { signal, report }: { readonly signal?: AbortSignal | undefined; readonly report?: ReportProgress } = {},
): Promise<Purged> {
  const snapshots = await listRbdSnapshots(client, image, { signal });
  const kept: { readonly name: string; readonly clones: readonly RbdImage[] }[] = [];
  let done = 0;
  for (const { name, protected: isProtected } of snapshots) {
    const snapshot = { ...image, snapshot: name };
    if (signal?.aborted === true) throw new CancelledError();
    const clones = isProtected ? await listRbdChildren(client, snapshot, { signal }) : [];
    if (clones.length > 0) kept.push({ name, clones });
    else await deleteSnapshot(client, snapshot, { isProtected, signal });
    done += 1;
    report?.({ fraction: done / snapshots.length, message: name });
  }
  return { removed: snapshots.length - kept.length, kept };
}
