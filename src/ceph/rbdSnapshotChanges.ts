import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph, runCeph } from './cephProgram.ts';
import { destinationArguments, imageArguments, type RbdImage, type RbdSnapshotName } from './rbd.ts';

/** Rejects with EEXIST when there is one of the name. Clones and protection stay. */
export async function renameRbdSnapshot(
  client: CephClient,
  snapshot: RbdSnapshotName,
  name: string,
  options?: WaitOptions,
): Promise<void> {
  const destination = [...destinationArguments(snapshot), `--dest-snap=${name}`];
  await runCeph(client, 'rbd', ['snap', 'rename', ...imageArguments(snapshot), ...destination], options);
}

/** What was touched since a snapshot, in whole objects: at least as much as really differs. */
export interface RbdChanges {
  /** Bytes that were written. */
  readonly written: number;
  /** Bytes that hold nothing any more. */
  readonly discarded: number;
  readonly objects: number;
}

/**
 * `rbd diff --whole-object --from-snap`. Reads the object maps, or where there are none every object: slow.
 * @param until a later snapshot; undefined: the image as it is now
 */
export async function getRbdChanges(
  client: CephClient,
  { snapshot, ...image }: RbdSnapshotName,
  until: string | undefined,
  options?: WaitOptions,
): Promise<RbdChanges> {
  const end: RbdImage | RbdSnapshotName = until === undefined ? image : { ...image, snapshot: until };
  const args = ['diff', '--whole-object', `--from-snap=${snapshot}`, ...imageArguments(end)];
  const extents = (await askCeph(client, 'rbd', args, { timeoutMs: 600_000, ...options })) as readonly {
    readonly length: number;
    readonly exists: 'true' | 'false' | boolean;
  }[];
  const written = extents.filter(({ exists }) => exists === true || exists === 'true');
  const sum = (list: typeof extents): number => list.reduce((all, { length }) => all + length, 0);
  return {
    written: sum(written),
    discarded: sum(extents) - sum(written),
    objects: extents.length,
  };
}
