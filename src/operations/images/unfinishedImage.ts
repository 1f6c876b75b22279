import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { Errno, isCephError } from '../../ceph/cephError.ts';
import {
  getRbdInfo,
  listRbdSnapshots,
  removeRbdImage,
  removeRbdSnapshot,
  unprotectRbdSnapshot,
  type RbdImage,
} from '../../ceph/rbd.ts';
import { imageName } from '../snapshots/rbdDisks.ts';
import { ImageProblem } from './imageProblem.ts';

/** Of a client that was killed, Ceph thinks for 30 s that it has the image open. */
const forgetsMs = 45_000;
const lookEveryMs = 3000;

/**
 * Removes an image that was being made and is of no use, with its snapshots. Waits for Ceph to forget the program that was
 * making it. Rejects with an {@link ImageProblem} that says that it is still there.
 */
export async function removeUnfinished(client: CephClient, image: RbdImage): Promise<void> {
  const giveUp = performance.now() + forgetsMs;
  for (;;) {
    try {
      await removeWithSnapshots(client, image);
      return;
    } catch (error) {
      if (isCephError(error, Errno.ENOENT)) return;
      if (!isCephError(error, Errno.EBUSY) || performance.now() > giveUp) {
        throw new ImageProblem(
          'left-over',
          t('The unfinished image {0} is still there: {1}', imageName(image), messageOf(error)),
          { cause: error, advice: t('Delete it by hand.') },
        );
      }
      await sleep(lookEveryMs);
    }
  }
}

async function removeWithSnapshots(client: CephClient, image: RbdImage): Promise<void> {
  try {
    await removeRbdImage(client, image);
  } catch (error) {
    if (!isCephError(error, Errno.ENOTEMPTY)) throw error;
    for (const { name, protected: isProtected } of await listRbdSnapshots(client, image)) {
      const snapshot = { ...image, snapshot: name };
      if (isProtected) await unprotectRbdSnapshot(client, snapshot);
      await removeRbdSnapshot(client, snapshot);
    }
    await removeRbdImage(client, image);
  }
}

/**
 * Makes an image by a program that takes long. When that fails or is cancelled, what there is of the image is removed. One
 * that was there before is not touched: it is looked for first, and the program refuses one that came meanwhile.
 */
export async function makeImage(
  client: CephClient,
  image: RbdImage,
  make: () => Promise<void>,
  options: WaitOptions = {},
): Promise<void> {
  await refuseExisting(client, image, options);
  try {
    await make();
  } catch (error) {
    if (isCephError(error, Errno.EEXIST, 'no-program')) throw error;
    await removeUnfinished(client, image);
    throw error;
  }
}

/** Rejects with an {@link ImageProblem} when there is an image of the name. */
async function refuseExisting(client: CephClient, image: RbdImage, options: WaitOptions): Promise<void> {
  try {
    await getRbdInfo(client, image, { signal: options.signal });
  } catch (error) {
    if (isCephError(error, Errno.ENOENT)) return;
    throw error;
  }
  throw new ImageProblem('exists', t('There is an RBD image {0} already.', imageName(image)), {
    advice: t('Choose another name.'),
  });
}
