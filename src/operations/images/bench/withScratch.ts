import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { Errno, isCephError } from '../../../ceph/cephError.ts';
import { createRbdImage, getRbdInfo, removeRbdImage, type RbdImage } from '../../../ceph/rbd.ts';
import type { Transport } from '../../../transport/transport.ts';
import { choosableFeatures } from '../newImageFeatures.ts';
import { SpeedProblem } from './measureSpeed.ts';
import { scratchBytes } from './speedTests.ts';

function scratchName(): string {
  return `speed-${randomBytes(4).toString('hex')}`;
}

/** Makes an image like `model` beside it, for as long as `work` takes; `model` itself is not touched. */
export async function withScratchImage<T>(
  client: CephClient,
  model: RbdImage,
  signal: AbortSignal,
  work: (scratch: RbdImage) => Promise<T>,
): Promise<T> {
  const { features, objectSize, dataPool } = await getRbdInfo(client, model, { signal });
  const scratch = { ...model, image: scratchName() };
  const kept = choosableFeatures.filter((feature) => features.includes(feature));
  await createRbdImage(client, scratch, scratchBytes, { signal, features: kept, objectSize, dataPool });
  try {
    return await work(scratch);
  } finally {
    await removeAgain(`${scratch.pool}/${scratch.image}`, client.transport, () =>
      removeClosed(client, scratch),
    );
  }
}

const removeMs = 120_000;

/** A program that was ended without closing the image is remembered by Ceph for 30 seconds. */
const forgottenAfterMs = 45_000;
const pauseMs = 3000;

async function removeClosed(client: CephClient, image: RbdImage): Promise<void> {
  const until = Date.now() + forgottenAfterMs;
  for (;;) {
    try {
      await removeRbdImage(client, image, { timeoutMs: removeMs });
      return;
    } catch (error) {
      if (!isCephError(error, Errno.EBUSY) || Date.now() > until) throw error;
      await sleep(pauseMs);
    }
  }
}

/** Makes a file in the folder for as long as `work` takes. */
export async function withScratchFile<T>(
  transport: Transport,
  folder: string,
  signal: AbortSignal,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = `${folder.replace(/\/+$/, '')}/${scratchName()}`;
  const made = await transport.exec(['truncate', '-s', String(scratchBytes), path], { signal });
  if (made.exitCode !== 0)
    throw new SpeedProblem('failed', t('{0} cannot be written on {1}.', folder, transport.label), {
      raw: made.stderr,
      advice: t('Choose a folder that this user may write to.'),
    });
  try {
    return await work(path);
  } finally {
    await removeAgain(path, transport, () =>
      transport.exec(['rm', '-f', '--', path], { timeoutMs: removeMs }),
    );
  }
}

async function removeAgain(
  what: string,
  { label }: Transport,
  remove: () => Promise<unknown>,
): Promise<void> {
  try {
    await remove();
  } catch (error) {
    throw new SpeedProblem(
      'left',
      t('{0} on {1} is left from the measurement: {2}', what, label, messageOf(error)),
      {
        cause: error,
        advice: t('Remove it yourself: nothing of yours is in it.'),
      },
    );
  }
}
