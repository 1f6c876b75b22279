import { CancelledError, messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { Errno, isCephError } from '../../ceph/cephError.ts';
import type { CephRunOptions } from '../../ceph/cephProgram.ts';
import type { RbdPlace } from '../../ceph/rbd.ts';
import { removeTrashedRbdImage, type RbdTrashedImage } from '../../ceph/rbdTrash.ts';
import { listTrashedSnapshots, removeTrashedSnapshot } from '../../ceph/rbdTrashSnapshots.ts';
import { ImageProblem } from './imageProblem.ts';

/** Removes an image of the trash for good, its snapshots first, also before its time is over. */
export async function deleteTrashed(
  client: CephClient,
  place: RbdPlace,
  { id, name }: Pick<RbdTrashedImage, 'id' | 'name'>,
  options: CephRunOptions = {},
): Promise<void> {
  const { signal } = options;
  try {
    for (const snapshot of await listTrashedSnapshots(client, { place, id }, { signal }))
      await removeTrashedSnapshot(client, { place, id }, snapshot, { signal });
    await removeTrashedRbdImage(client, place, id, { ...options, force: true });
  } catch (error) {
    if (!isCephError(error, Errno.EBUSY, Errno.ENOTEMPTY)) throw error;
    throw new ImageProblem('has-children', t('{0} stays in the trash: {1}', name, error.message), {
      cause: error,
      raw: error.raw,
      advice: t(
        'A clone needs it, or somebody has it open: flatten the clone, or try again in half a minute.',
      ),
    });
  }
}

/** Removes several, one after the other. Rejects when some are left, and says which and why. */
export async function deleteAllTrashed(
  client: CephClient,
  place: RbdPlace,
  images: readonly RbdTrashedImage[],
  { signal, report }: { readonly signal?: AbortSignal; readonly report?: ReportProgress } = {},
): Promise<void> {
  const failed: { readonly name: string; readonly error: unknown }[] = [];
  let done = 0;
  for (const image of images) {
    if (signal?.aborted === true) throw new CancelledError();
    report?.({ fraction: done / images.length, message: image.name });
    try {
      await deleteTrashed(client, place, image, { signal });
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      failed.push({ name: image.name, error });
    }
    done += 1;
  }
  const [first] = failed;
  if (!first) return;
  const details = first.error instanceof Problem ? first.error : undefined;
  throw new ImageProblem(
    'incomplete',
    t(
      '{0} of {1} images are still in the trash: {2}',
      failed.length,
      images.length,
      failed.map(({ name, error }) => t('{0}: {1}', name, messageOf(error))).join('\n'),
    ),
    { cause: first.error, raw: details?.raw, advice: details?.advice },
  );
}
