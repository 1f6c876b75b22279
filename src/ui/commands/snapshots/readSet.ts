import type { RbdSnapshotSet } from '../../../operations/snapshots/rbdSnapshotSets.ts';
import type { RbdSnapshotNode } from '../../explorer/objects/rbdSnapshotNode.ts';

/** The RBD snapshots of a row as they are on the cluster now; undefined when they are gone. */
export async function readSet(node: RbdSnapshotNode): Promise<RbdSnapshotSet | undefined> {
  node.list.forget();
  await node.list.read();
  return node.set;
}
