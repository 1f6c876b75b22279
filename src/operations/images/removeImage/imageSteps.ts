import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '../../../base/l10n.ts';
import { waitFor } from '../../../base/waiting.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { Errno, isCephError } from '../../../ceph/cephError.ts';
import {
  flattenRbdImage,
  getRbdInfo,
  imageArguments,
  removeRbdImage,
  removeRbdSnapshot,
  unprotectRbdSnapshot,
  type RbdImage,
} from '../../../ceph/rbd.ts';
import type { RbdAnySnapshot } from '../../../ceph/rbdDetails.ts';
import { breakRbdLock, type RbdLock } from '../../../ceph/rbdLocks.ts';
import { restoreRbdImage, trashRbdImage } from '../../../ceph/rbdTrash.ts';
import { cephArgv } from '../../plan/cephShell.ts';
import type { PlanStep, StepOptions } from '../../plan/plan.ts';
import type { ShellCommand, ShellHost } from '../../plan/shell.ts';
import { ImageProblem } from '../imageProblem.ts';
import { changeGroup, membershipArguments } from './groupMembership.ts';
import { refuseObstacles, type RemovalKind, type RemovalLook } from './obstacles.ts';

/** Where Ceph's programs run for an image that is removed. */
export interface RemovalPlace {
  readonly image: RbdImage;
  /** `pool/image`, for people. */
  readonly name: string;
  readonly client: CephClient;
  readonly shell: ShellHost;
  /** Looks at everything once more. */
  readonly lookAgain: (options: { readonly signal: AbortSignal }) => Promise<RemovalLook>;
  /** Told when the image is gone, or back. */
  readonly changed: () => void;
}

function rbd({ client }: RemovalPlace, args: readonly string[]): ShellCommand {
  return { argv: cephArgv(client.access, 'rbd', args) };
}

/** Copies what a clone shares with the image, so that it can do without. */
export function flattenStep(place: RemovalPlace, clone: RbdImage): PlanStep {
  const { client, shell } = place;
  return {
    title: t('Flatten the clone {0}', `${clone.pool}/${clone.image}`),
    host: shell,
    commands: [rbd(place, ['flatten', ...imageArguments(clone)])],
    isDone: async ({ signal }) => {
      try {
        return (await getRbdInfo(client, clone, { signal })).parent === undefined;
      } catch (error) {
        if (isCephError(error, Errno.ENOENT)) return true;
        throw error;
      }
    },
    run: ({ signal, report }) => flattenRbdImage(client, clone, { signal, report }),
  };
}

/** Removes the snapshots of users, the newest first, protected or not. */
export function snapshotsStep(place: RemovalPlace, snapshots: readonly RbdAnySnapshot[]): PlanStep {
  const { client, image, name, shell } = place;
  const newestFirst = [...snapshots].sort((a, b) => b.id - a.id);
  return {
    title: t('Remove {0} snapshots of {1}', snapshots.length, name),
    host: shell,
    commands: newestFirst.flatMap(({ name: snapshot, protected: isProtected }) => {
      const args = imageArguments({ ...image, snapshot });
      const unprotect = isProtected ? [rbd(place, ['snap', 'unprotect', ...args])] : [];
      return [...unprotect, rbd(place, ['snap', 'rm', ...args])];
    }),
    run: async ({ signal, report }) => {
      for (const [index, one] of newestFirst.entries()) {
        report({ fraction: index / newestFirst.length, message: one.name });
        const snapshot = { ...image, snapshot: one.name };
        try {
          if (one.protected) await unprotectRbdSnapshot(client, snapshot, { signal });
          await removeRbdSnapshot(client, snapshot, { signal });
        } catch (error) {
          // Somebody was quicker.
          if (!isCephError(error, Errno.ENOENT)) throw error;
        }
      }
    },
  };
}

export function lockStep(place: RemovalPlace, lock: RbdLock): PlanStep {
  const { client, image, shell } = place;
  return {
    title: t('Break the lock “{0}” of {1} at {2}', lock.id, lock.locker, lock.address),
    host: shell,
    commands: [rbd(place, ['lock', 'rm', ...imageArguments(image), '--', lock.id, lock.locker])],
    run: async ({ signal }) => {
      try {
        await breakRbdLock(client, image, lock, { signal });
      } catch (error) {
        if (!isCephError(error, Errno.ENOENT)) throw error;
      }
    },
  };
}

export function groupStep(place: RemovalPlace, group: string): PlanStep {
  const { client, image, name, shell } = place;
  const { args, undoArgs } = membershipArguments(image, group);
  return {
    title: t('Take {0} out of the group {1}', name, group),
    host: shell,
    commands: [rbd(place, args)],
    run: async (options) => {
      await changeGroup(client, args, options);
    },
    undo: {
      title: t('Put {0} into the group {1} again', name, group),
      commands: [rbd(place, undoArgs)],
      run: async (options) => {
        await changeGroup(client, undoArgs, options);
      },
    },
  };
}

/** Looks once more, and removes the image for good. */
export function removeStep(place: RemovalPlace): PlanStep {
  const { image, name, shell } = place;
  return {
    title: t('Look again, and delete {0}', name),
    host: shell,
    commands: [rbd(place, ['rm', ...imageArguments(image)])],
    run: (options) => removeLooked(place, 'remove', options, () => removeWhole(place, options)),
  };
}

/** Rejects with an {@link ImageProblem} when it is cancelled half-way. */
async function removeWhole(
  { client, image, name }: RemovalPlace,
  { signal, report }: Pick<StepOptions, 'signal' | 'report'>,
): Promise<void> {
  try {
    await removeRbdImage(client, image, { signal, report });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new ImageProblem('incomplete', t('{0} is only half deleted: part of its data is lost.', name), {
      cause: error,
      advice: t('Delete it again to remove the rest.'),
    });
  }
}

/** Looks once more, and moves the image to the trash. Undo restores it. */
export function trashStep(place: RemovalPlace, expiresAt: Date | undefined): PlanStep {
  const { client, image, name, shell, changed } = place;
  let id = '';
  const expiry = expiresAt === undefined ? [] : [`--expires-at=${expiresAt.toISOString()}`];
  return {
    title: t('Look again, and move {0} to the trash', name),
    host: shell,
    commands: [rbd(place, ['trash', 'mv', ...imageArguments(image), ...expiry])],
    run: (options) =>
      removeLooked(place, 'trash', options, async (look) => {
        ({ id } = look.findings.details);
        await trashRbdImage(client, image, { signal: options.signal, expiresAt });
      }),
    undo: {
      title: t('Restore {0} from the trash', name),
      commands: [],
      run: async (options) => {
        try {
          await restoreRbdImage(client, image, id, options);
        } finally {
          changed();
        }
      },
    },
  };
}

/** Of a domain that has just ended, or a client that has crashed, Ceph may still think that it has the image open. */
const forgetsMs = 40_000;
const lookEveryMs = 2000;

async function removeLooked(
  { name, lookAgain, changed }: RemovalPlace,
  kind: RemovalKind,
  { signal, report }: Pick<StepOptions, 'signal' | 'report'>,
  remove: (look: RemovalLook) => Promise<void>,
): Promise<void> {
  const giveUp = performance.now() + forgetsMs;
  let look = await lookAgain({ signal });
  while (look.onHosts.watchers > 0 && performance.now() < giveUp && !isInUse(look)) {
    report({ message: t('waiting for Ceph to forget who had {0} open', name) });
    await waitFor(sleep(lookEveryMs), { signal }, () => '');
    look = await lookAgain({ signal });
  }
  refuseObstacles(look, kind);
  try {
    await remove(look);
  } finally {
    changed();
  }
}

function isInUse({ onHosts }: RemovalLook): boolean {
  return onHosts.users.some(({ isRunning }) => isRunning);
}

/** The same without a plan: where nothing but the removal is to be done. */
export async function removeNow(
  place: RemovalPlace,
  kind: RemovalKind,
  options: Pick<StepOptions, 'signal' | 'report'>,
  expiresAt?: Date,
): Promise<void> {
  const step = kind === 'remove' ? removeStep(place) : trashStep(place, expiresAt);
  await step.run({ ...options, note: () => undefined });
}
