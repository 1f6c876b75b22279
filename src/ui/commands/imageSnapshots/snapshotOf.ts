import type { RbdSnapshotName } from '../../../ceph/rbd.ts';
import type { ImageSnapshotNode } from '../../explorer/clusters/imageSnapshotNode.ts';

/** The snapshot that a row is. */
export function snapshotOf({ image: { image }, key }: ImageSnapshotNode): RbdSnapshotName {
  return { ...image, snapshot: key };
}
