import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph, runCeph, workCeph, type CephRunOptions } from './cephProgram.ts';
import { imageArguments, placeArguments, type RbdImage, type RbdPlace } from './rbd.ts';

/** Who has moved an image to the trash; `parent`: it was removed, but clones need it. */
export type RbdTrashSource = 'user' | 'mirroring' | 'migration' | 'removing' | 'parent';

/** An image in the trash of a pool. Times are as Ceph writes them, by the clock of the host. */
export interface RbdTrashedImage {
  /** By which `rbd trash` calls it: there can be several of one name. */
  readonly id: string;
  readonly name: string;
  readonly source: RbdTrashSource;
  /** `Sat Nov 21 15:24:35 2026` */
  readonly deletedAt: string;
  /** Until then only force removes it; undefined when that time is over. */
  readonly protectedUntil: string | undefined;
}

interface TrashJson {
  readonly id: string;
  readonly name: string;
  readonly source?: string;
  readonly deleted_at?: string;
  readonly status?: string;
}

const sources: Readonly<Record<string, RbdTrashSource>> = {
  MIRRORING: 'mirroring',
  MIGRATION: 'migration',
  REMOVING: 'removing',
  USER_PARENT: 'parent',
};

/** What `rbd trash ls --all --long` tells. */
export async function listRbdTrash(
  client: CephClient,
  place: RbdPlace,
  options?: WaitOptions,
): Promise<readonly RbdTrashedImage[]> {
  const args = ['trash', 'ls', '--all', '--long', ...placeArguments(place)];
  const images = (await askCeph(client, 'rbd', args, options)) as readonly TrashJson[];
  return images.map(({ id, name, source = '', deleted_at = '', status = '' }) => ({
    id,
    name,
    source: sources[source] ?? 'user',
    deletedAt: deleted_at,
    protectedUntil: /^protected until (.+)$/.exec(status)?.[1],
  }));
}

/**
 * Moves an image to the trash. Ceph does it even while the image is open, and without a word.
 * @param options.expiresAt until then only force removes it from there; default: now, or as the cluster is configured
 */
export async function trashRbdImage(
  client: CephClient,
  image: RbdImage,
  options: WaitOptions & { readonly expiresAt?: Date | undefined } = {},
): Promise<void> {
  const { expiresAt } = options;
  // Ceph takes what `date -d` takes: with its zone, so that the host's does not matter.
  const expiry = expiresAt === undefined ? [] : [`--expires-at=${expiresAt.toISOString()}`];
  await runCeph(client, 'rbd', ['trash', 'mv', ...imageArguments(image), ...expiry], options);
}

/** @param name another than it had; rejects with EEXIST when there is an image of the name, ENOENT when it is not in the trash */
export async function restoreRbdImage(
  client: CephClient,
  place: RbdPlace,
  id: string,
  options: WaitOptions & { readonly name?: string | undefined } = {},
): Promise<void> {
  const { name } = options;
  const image = name === undefined ? placeArguments(place) : imageArguments({ ...place, image: name });
  await runCeph(client, 'rbd', ['trash', 'restore', ...image, `--image-id=${id}`], options);
}

/** Removes it for good. Rejects with EPERM while it is protected, unless `force`; ENOTEMPTY or EBUSY with snapshots, clones, watchers. */
export async function removeTrashedRbdImage(
  client: CephClient,
  place: RbdPlace,
  id: string,
  options: CephRunOptions & { readonly force?: boolean } = {},
): Promise<void> {
  const force = options.force === true ? ['--force'] : [];
  await workCeph(
    client,
    'rbd',
    ['trash', 'rm', ...placeArguments(place), `--image-id=${id}`, ...force],
    options,
  );
}

/** Removes for good whatever is not protected any more. */
export async function purgeRbdTrash(
  client: CephClient,
  place: RbdPlace,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(client, 'rbd', ['trash', 'purge', ...placeArguments(place)], options);
}
