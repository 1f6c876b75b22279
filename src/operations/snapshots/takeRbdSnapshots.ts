import { setTimeout as sleep } from 'node:timers/promises';
import { CodedProblem, Problem, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { sentences } from '../../base/sentences.ts';
import { waitFor } from '../../base/waiting.ts';
import { createRbdSnapshot, listRbdSnapshots, removeRbdSnapshot } from '../../ceph/rbd.ts';
import { whileQuiet, type Quiet, type QuietDomain, type QuietOptions } from './quietGuest.ts';
import { failuresText, onEachDisk, type DiskOutcome, type RbdDisk } from './rbdDisks.ts';

export interface NewRbdSnapshots {
  readonly name: string;
  readonly disks: readonly RbdDisk[];
  readonly quiet: Quiet;
}

/** How long what is left of a failed one may take to be removed, for each disk. */
const undoMs = 60_000;
const lookMs = 30_000;
/** How long those that are being made may take to be made, or fail, once they are given up. */
const settleMs = 20_000;

export class RbdSnapshotsError extends CodedProblem<'exists' | 'failed' | 'left-behind'> {}

/**
 * A snapshot of one name of all these disks while their guest is kept quiet, so that they fit together. All or none:
 * when one cannot be made, when it is cancelled or takes too long, those that were made are removed again.
 */
export async function takeRbdSnapshots(
  domain: QuietDomain,
  { name, disks, quiet }: NewRbdSnapshots,
  options: QuietOptions = {},
): Promise<void> {
  const { signal, say } = options;
  await refuseTaken(name, disks, signal);
  const making: Promise<unknown>[] = [];
  const givenUp = new AbortController();
  const create = async (workSignal: AbortSignal): Promise<void> => {
    say?.(t('Taking snapshots of {0} disks', disks.length));
    const made = onEachDisk(disks, ({ client, image }) =>
      createRbdSnapshot(client, { ...image, snapshot: name }, { signal: givenUp.signal }),
    );
    making.push(made);
    const failed = await waitFor(made, { signal: workSignal }, () => '');
    if (failed.length > 0) throw notTaken(name, domain.ref.name, failed);
  };
  try {
    await whileQuiet(domain, quiet, create, options);
  } catch (error) {
    if (making.length > 0) {
      // One that Ceph is about to make would come after we have looked for it.
      await Promise.race([Promise.all(making), sleep(settleMs, undefined, { ref: false })]);
      givenUp.abort();
      await undo(name, disks, error);
    }
    throw error;
  }
}

async function refuseTaken(
  name: string,
  disks: readonly RbdDisk[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const taken: string[] = [];
  const failed = await onEachDisk(disks, async (disk) => {
    if (await hasSnapshot(disk, name, signal)) taken.push(disk.target);
  });
  const [first] = failed;
  if (first) throw first.error;
  if (taken.length === 0) return;
  throw new RbdSnapshotsError(
    'exists',
    t('There is an RBD snapshot {0} already, of {1}.', name, taken.sort().join(', ')),
    { advice: t('Give it another name.') },
  );
}

async function hasSnapshot(
  { client, image }: RbdDisk,
  name: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const snapshots = await listRbdSnapshots(client, image, { signal, timeoutMs: lookMs });
  return snapshots.some((snapshot) => snapshot.name === name);
}

function notTaken(name: string, domain: string, failed: readonly DiskOutcome[]): RbdSnapshotsError {
  const [first] = failed;
  const details = first?.error instanceof Problem ? first.error : undefined;
  return new RbdSnapshotsError(
    'failed',
    t('The snapshot {0} of the disks of {1} was not taken: {2}', name, domain, failuresText(failed)),
    { cause: first?.error, raw: details?.raw, advice: details?.advice },
  );
}

/** Also one whose making was given up may have been made: looked for on every disk. */
async function undo(name: string, disks: readonly RbdDisk[], cause: unknown): Promise<void> {
  const left = await onEachDisk(disks, async (disk) => {
    if (!(await hasSnapshot(disk, name, undefined))) return;
    const snapshot = { ...disk.image, snapshot: name };
    await removeRbdSnapshot(disk.client, snapshot, { timeoutMs: undoMs });
  });
  if (left.length === 0) return;
  throw new RbdSnapshotsError(
    'left-behind',
    sentences(
      messageOf(cause),
      t('What was made of the snapshot {0} could not be removed: {1}', name, failuresText(left)),
    ),
    { cause, advice: t('Delete the snapshot {0}: it may not be of all disks, or not of one moment.', name) },
  );
}
