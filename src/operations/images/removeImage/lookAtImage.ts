import type { WaitOptions } from '../../../base/waiting.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { isForbidden } from '../../../ceph/cephError.ts';
import { listRbdChildren, type RbdImage } from '../../../ceph/rbd.ts';
import {
  getRbdDetails,
  listAllRbdSnapshots,
  listRbdClones,
  type RbdAnySnapshot,
  type RbdClone,
  type RbdImageDetails,
} from '../../../ceph/rbdDetails.ts';
import { isAutomaticLock, listRbdLocks, type RbdLock } from '../../../ceph/rbdLocks.ts';

/** What Ceph itself knows that stands in the way of removing an image. */
export interface ImageFindings {
  readonly details: RbdImageDetails;
  readonly snapshots: readonly RbdAnySnapshot[];
  /** undefined: this client may not look into every pool. */
  readonly clones: readonly RbdClone[] | undefined;
  /** Those that people and programs have made: librbd's own end with their holders. */
  readonly locks: readonly RbdLock[];
}

/** Rejects with ENOENT when there is no such image. */
export async function lookAtImage(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<ImageFindings> {
  const [details, snapshots, locks] = await Promise.all([
    getRbdDetails(client, image, options),
    listAllRbdSnapshots(client, image, options),
    listRbdLocks(client, image, options),
  ]);
  // Only what has snapshots has clones.
  const clones = snapshots.length === 0 ? [] : await clonesOf(client, image, options);
  return { details, snapshots, clones, locks: locks.filter((lock) => !isAutomaticLock(lock)) };
}

async function clonesOf(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<readonly RbdClone[] | undefined> {
  try {
    return await listRbdClones(client, image, options);
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
  try {
    const children = await listRbdChildren(client, image, options);
    return children.map((child) => ({ ...child, isTrashed: false }));
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return undefined;
  }
}

export function userSnapshots({ snapshots }: ImageFindings): readonly RbdAnySnapshot[] {
  return snapshots.filter(({ kind }) => kind === 'user');
}
