import type { CephClient } from '../../ceph/cephAccess.ts';
import type { CephRunOptions } from '../../ceph/cephProgram.ts';
import { copyRbdImage, flattenRbdImage, type RbdImage, type RbdSnapshotName } from '../../ceph/rbd.ts';
import { deepCopyRbdImage } from '../../ceph/rbdTransfer.ts';
import { makeImage } from './unfinishedImage.ts';

export type CopyOrder =
  /** What an image or a snapshot holds; it depends on nothing. */
  | { readonly kind: 'content'; readonly source: RbdImage | RbdSnapshotName; readonly copy: RbdImage }
  /** An image with its snapshots. The copy of a clone is one of the same parent unless it is flattened. */
  | {
      readonly kind: 'withSnapshots';
      readonly source: RbdImage;
      readonly copy: RbdImage;
      readonly flatten: boolean;
    };

/** A full copy. Failed or cancelled, nothing of it stays, or an ImageProblem says so. */
export async function copyImage(
  client: CephClient,
  order: CopyOrder,
  options: CephRunOptions = {},
): Promise<void> {
  const { source, copy } = order;
  const make = async (): Promise<void> => {
    if (order.kind === 'content') {
      await copyRbdImage(client, source, copy, options);
      return;
    }
    await deepCopyRbdImage(client, order.source, copy, options);
    if (order.flatten) await flattenRbdImage(client, copy, options);
  };
  await makeImage(client, copy, make, options);
}
