import { CodedProblem, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import {
  listRbdChildren,
  listRbdWatchers,
  protectRbdSnapshot,
  removeRbdSnapshot,
  rollbackRbdImage,
  unprotectRbdSnapshot,
  type RbdImage,
  type RbdSnapshotName,
} from '../../ceph/rbd.ts';
import { failuresText, imageName, onEachDisk, type RbdDisk } from './rbdDisks.ts';
import type { RbdSnapshotMember, RbdSnapshotSet } from './rbdSnapshotSets.ts';

export class RbdSnapshotChangeError extends CodedProblem<'in-use' | 'rollback-incomplete' | 'incomplete'> {}

function snapshotOf({ disk, info }: RbdSnapshotMember): RbdSnapshotName {
  return { ...disk.image, snapshot: info.name };
}

export interface RollbackOptions {
  readonly signal?: AbortSignal | undefined;
  readonly report?: ReportProgress | undefined;
}

/**
 * Writes the content of the snapshot over every disk that it is of. Nobody may have them open: looked at first, because
 * Ceph would let it and spoil what runs from them. Once it has begun it goes on to the end: disks that are partly of then
 * and partly of now are of no use.
 */
export async function rollBack(set: RbdSnapshotSet, { signal, report }: RollbackOptions = {}): Promise<void> {
  await refuseInUse(
    set.members.map(({ disk }) => disk),
    { signal },
  );
  const fractions = new Map<RbdSnapshotMember, number>();
  const failed = await onEachDisk(set.members, async (member) => {
    await rollbackRbdImage(member.disk.client, snapshotOf(member), {
      report: ({ fraction = 0 }) => {
        fractions.set(member, fraction);
        const sum = [...fractions.values()].reduce((all, one) => all + one, 0);
        report?.({ fraction: sum / set.members.length });
      },
    });
  });
  if (failed.length === 0) return;
  const outcomes = failed.map(({ disk: { disk }, error }) => ({ disk, error }));
  const back = set.members.filter((member) => failed.every(({ disk }) => disk !== member));
  throw new RbdSnapshotChangeError(
    'rollback-incomplete',
    t('Not all disks are back at {0}: {1}', set.name, failuresText(outcomes)),
    {
      cause: failed[0]?.error,
      advice: t(
        'Do not start the domain: {0}. Roll back again.',
        back.length === 0
          ? t('its disks may be half rolled back')
          : t('{0} is rolled back, the rest is not', back.map(({ disk }) => disk.target).join(', ')),
      ),
    },
  );
}

async function refuseInUse(disks: readonly RbdDisk[], options: WaitOptions): Promise<void> {
  const used: string[] = [];
  const failed = await onEachDisk(disks, async ({ target, client, image }) => {
    const watchers = await listRbdWatchers(client, image, options);
    const [watcher] = watchers;
    if (watcher) used.push(t('{0} ({1}) by {2}', target, imageName(image), watcher.address));
  });
  const [first] = failed;
  if (first) throw first.error;
  if (used.length === 0) return;
  throw new RbdSnapshotChangeError('in-use', t('It is still open: {0}', used.sort().join(', ')), {
    advice: t(
      'Shut off the domain that uses it, perhaps on another host. A client that has crashed is forgotten after 30 seconds.',
    ),
  });
}

/** A clone that needs a snapshot, by the disk that the snapshot is of. */
export interface CloneOfDisk {
  readonly target: string;
  readonly clone: RbdImage;
}

/** Images that are clones of the snapshot: it cannot be deleted or unprotected while there are any. */
export async function clonesOf(
  { members }: RbdSnapshotSet,
  options?: WaitOptions,
): Promise<readonly CloneOfDisk[]> {
  const lists = await Promise.all(
    members.map(async (member) => {
      const clones = await listRbdChildren(member.disk.client, snapshotOf(member), options);
      return clones.map((clone) => ({ target: member.disk.target, clone }));
    }),
  );
  return lists.flat();
}

/** @param options.unprotect those that are protected are unprotected first */
export async function removeSet(
  set: RbdSnapshotSet,
  options: WaitOptions & { readonly unprotect: boolean },
): Promise<void> {
  await onMembers(set, set.members, async (member) => {
    if (member.info.protected && options.unprotect)
      await unprotectRbdSnapshot(member.disk.client, snapshotOf(member), options);
    await removeRbdSnapshot(member.disk.client, snapshotOf(member), options);
  });
}

export async function protectSet(set: RbdSnapshotSet, options?: WaitOptions): Promise<void> {
  const open = set.members.filter(({ info }) => !info.protected);
  await onMembers(set, open, ({ disk, info }) =>
    protectRbdSnapshot(disk.client, snapshotOf({ disk, info }), options),
  );
}

export async function unprotectSet(set: RbdSnapshotSet, options?: WaitOptions): Promise<void> {
  const closed = set.members.filter(({ info }) => info.protected);
  await onMembers(set, closed, ({ disk, info }) =>
    unprotectRbdSnapshot(disk.client, snapshotOf({ disk, info }), options),
  );
}

async function onMembers(
  { name }: RbdSnapshotSet,
  members: readonly RbdSnapshotMember[],
  act: (member: RbdSnapshotMember) => Promise<void>,
): Promise<void> {
  const failed = await onEachDisk(members, act);
  const [first] = failed;
  if (!first) return;
  const details = first.error instanceof Problem ? first.error : undefined;
  const outcomes = failed.map(({ disk: { disk }, error }) => ({ disk, error }));
  throw new RbdSnapshotChangeError(
    'incomplete',
    t('{0}, on {1} of {2} disks: {3}', name, failed.length, members.length, failuresText(outcomes)),
    { cause: first.error, raw: details?.raw, advice: details?.advice },
  );
}
