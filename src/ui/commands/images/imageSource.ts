import type { RbdImage, RbdSnapshotName } from '../../../ceph/rbd.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import type { ImageSnapshotNode } from '../../explorer/clusters/imageSnapshotNode.ts';
import { snapshotOf } from '../imageSnapshots/snapshotOf.ts';

/** The image that a row is of, without a snapshot. */
export function imageOf(node: ImageNode | ImageSnapshotNode): RbdImage {
  return node.kind === 'image' ? node.image : node.image.image;
}

/** What is read: the image, or what it held at the snapshot. */
export function sourceOf(node: ImageNode | ImageSnapshotNode): RbdImage | RbdSnapshotName {
  return node.kind === 'image' ? node.image : snapshotOf(node);
}

/** `web1` or `web1@before` */
export function labelOf(node: ImageNode | ImageSnapshotNode): string {
  return node.kind === 'image' ? node.name : `${node.image.name}@${node.name}`;
}

/** What a file of it is called. */
export function fileNameOf(node: ImageNode | ImageSnapshotNode): string {
  return labelOf(node).replaceAll('@', '-');
}
