import type { CephClient } from './cephAccess.ts';
import { workCeph, type CephRunOptions } from './cephProgram.ts';
import { destinationArguments, imageArguments, type RbdImage, type RbdSnapshotName } from './rbd.ts';

/**
 * `rbd export`: the bytes that a guest sees, into a sparse file of the host that must not exist yet (EEXIST). A program
 * that is killed leaves a part of it.
 * @param path absolute
 */
export async function exportRbdToFile(
  client: CephClient,
  image: RbdImage | RbdSnapshotName,
  path: string,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(client, 'rbd', ['export', ...imageArguments(image), `--path=${path}`], options);
}

/**
 * `rbd export-diff --from-snap`: what was written after the snapshot, for `rbd import-diff` into a copy that has a snapshot
 * of the same name. ENOENT when there is no such snapshot, EEXIST when there is such a file.
 * @param until a later snapshot, which the import makes too; undefined: the image as it is now
 * @param path absolute
 */
export async function exportRbdChangesToFile(
  client: CephClient,
  { snapshot, ...image }: RbdSnapshotName,
  until: string | undefined,
  path: string,
  options?: CephRunOptions,
): Promise<void> {
  const end = until === undefined ? image : { ...image, snapshot: until };
  const args = ['export-diff', ...imageArguments(end), `--from-snap=${snapshot}`, `--path=${path}`];
  await workCeph(client, 'rbd', args, options);
}

/**
 * `rbd import-diff` of a file of the host. EINVAL when the image lacks the snapshot that the differences begin with, EEXIST
 * when it has the one that they end with.
 * @param path absolute
 */
export async function importRbdChangesFromFile(
  client: CephClient,
  image: RbdImage,
  path: string,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(client, 'rbd', ['import-diff', ...imageArguments(image), `--path=${path}`], options);
}

/**
 * `rbd deep cp`: a full copy with all snapshots, protected ones protected. The copy of a clone is a clone of the same parent.
 * EEXIST when there is an image of the name.
 */
export async function deepCopyRbdImage(
  client: CephClient,
  image: RbdImage,
  copy: RbdImage,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(
    client,
    'rbd',
    ['deep', 'cp', ...imageArguments(image), ...destinationArguments(copy)],
    options,
  );
}

/**
 * `rbd import` of a raw file or block device of the host; blocks of zeros take no space. EEXIST when there is an image of the
 * name. A program that is killed leaves a part of it.
 * @param path absolute
 */
export async function importRbdFromFile(
  client: CephClient,
  path: string,
  image: RbdImage,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(client, 'rbd', ['import', `--path=${path}`, ...destinationArguments(image)], options);
}
