import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { Errno, isCephError } from '../../ceph/cephError.ts';
import {
  cloneRbdImage,
  copyRbdImage,
  createRbdSnapshot,
  protectRbdSnapshot,
  removeRbdImage,
  removeRbdSnapshot,
  unprotectRbdSnapshot,
  type RbdImage,
  type RbdSnapshotName,
} from '../../ceph/rbd.ts';
import { deleteVolume, getVolumePath } from '../../libvirt/volumes.ts';
import type { LibvirtMachine } from '../volumes/cephClientOf.ts';
import { cloneTo } from '../volumes/cloneVolume.ts';
import type { ClonableDisk, CloneSource, DiskChoice } from './clonableDisk.ts';
import type { ClonedDisk } from './cloneXml.ts';
import type { UndoStack } from './undoStack.ts';

/** A disk and what is made of it. */
export interface DiskOrder extends Pick<ClonableDisk, 'disk' | 'source'> {
  readonly choice: DiskChoice;
  /** Of a copy. */
  readonly name: string;
}

export interface CloneWork {
  readonly machine: LibvirtMachine;
  readonly undo: UndoStack;
  readonly signal: AbortSignal | undefined;
  readonly report: ReportProgress;
}

type RbdSource = Extract<CloneSource, { kind: 'rbd' }>;

/** Of the disks that are RBD images: the snapshots that they are copied from, by target. */
export type CloneSnapshots = ReadonlyMap<string, RbdSnapshotName>;

/**
 * Takes the snapshots that the clone is made from: of what is overlaid, and while the domain is on of what is copied.
 * @param label what the snapshots are called
 */
export async function snapshotForClone(
  orders: readonly DiskOrder[],
  isOn: boolean,
  label: string,
  { undo, signal }: CloneWork,
): Promise<CloneSnapshots> {
  const taken = new Map<string, RbdSnapshotName>();
  for (const { disk, source, choice } of orders) {
    if (source?.kind !== 'rbd' || !(choice === 'overlay' || (choice === 'copy' && isOn))) continue;
    const { client } = source;
    const snapshot = { ...source.image, snapshot: label };
    await createRbdSnapshot(client, snapshot, { signal });
    undo.made(snapshotText(snapshot), () => removeRbdSnapshot(client, snapshot));
    taken.set(disk.target, snapshot);
  }
  return taken;
}

/** Makes what the clone has in place of one disk. */
export async function cloneDisk(
  order: DiskOrder,
  snapshots: CloneSnapshots,
  work: CloneWork,
): Promise<ClonedDisk> {
  const { disk, source, choice } = order;
  if (choice === 'leave out') return { kind: 'left out' };
  if (choice === 'share' || !source) return { kind: 'same' };
  if (source.kind === 'volume') return cloneFile(order, source, work);
  const image = { ...source.image, image: order.name };
  const snapshot = snapshots.get(disk.target);
  if (choice === 'overlay' && snapshot) await overlayImage(source, snapshot, image, work);
  else await copyImage(source, snapshot, image, work);
  return disk.source?.type === 'volume'
    ? { kind: 'volume', volume: order.name, format: undefined }
    : { kind: 'image', name: nameOf(image) };
}

async function overlayImage(
  { client }: RbdSource,
  snapshot: RbdSnapshotName,
  image: RbdImage,
  { undo, signal }: CloneWork,
): Promise<void> {
  await protectRbdSnapshot(client, snapshot, { signal });
  undo.made(t('the protection of {0}', snapshotText(snapshot)), () => unprotectRbdSnapshot(client, snapshot));
  await cloneRbdImage(client, snapshot, image, { signal });
  undo.made(nameOf(image), () => removeSoon(client, image));
}

/** A copy that was not finished is removed as well: `rbd cp` leaves it. */
async function copyImage(
  { client, image: head }: RbdSource,
  snapshot: RbdSnapshotName | undefined,
  image: RbdImage,
  { undo, signal, report }: CloneWork,
): Promise<void> {
  try {
    await copyRbdImage(client, snapshot ?? head, image, { signal, report });
  } catch (error) {
    if (signal?.aborted === true) undo.made(nameOf(image), () => removeSoon(client, image));
    throw error;
  }
  undo.made(nameOf(image), () => removeSoon(client, image));
}

/** Ceph needs half a minute to notice that a client that was ended no longer has the image open. */
const watcherMs = 40_000;

async function removeSoon(client: CephClient, image: RbdImage): Promise<void> {
  const giveUp = performance.now() + watcherMs;
  for (;;) {
    try {
      await removeRbdImage(client, image);
      return;
    } catch (error) {
      // One that was never made.
      if (isCephError(error, Errno.ENOENT)) return;
      if (!isCephError(error, Errno.EBUSY) || performance.now() > giveUp) throw error;
      await sleep(2000);
    }
  }
}

async function cloneFile(
  { disk, choice, name }: DiskOrder,
  { volume, model, pool, poolModel }: Extract<CloneSource, { kind: 'volume' }>,
  { machine, undo, signal, report }: CloneWork,
): Promise<ClonedDisk> {
  const { connection } = machine;
  const isOverlay = choice === 'overlay';
  const isInRbd = poolModel.type === 'rbd';
  const format = isOverlay && !isInRbd ? 'qcow2' : disk.format;
  const made = await cloneTo(
    { ...machine, name: connection.host },
    {
      ...{ source: volume, model, pool, poolModel, name },
      format: isInRbd || model.format === undefined ? undefined : isOverlay ? 'qcow2' : model.format,
      kind: isOverlay ? 'overlay' : 'copy',
    },
    { signal, report },
  );
  undo.made(`${made.pool}/${made.name}`, () => deleteVolume(connection, made));
  if (disk.source?.type === 'volume') return { kind: 'volume', volume: made.name, format };
  const path = await getVolumePath(connection, made);
  return isInRbd ? { kind: 'image', name: path } : { kind: 'path', path, format };
}

/** The snapshots that nothing depends on, once everything is copied. @returns what could not be removed */
export async function dropCopiedSnapshots(
  orders: readonly DiskOrder[],
  snapshots: CloneSnapshots,
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { disk, source, choice } of orders) {
    const snapshot = snapshots.get(disk.target);
    if (choice !== 'copy' || source?.kind !== 'rbd' || !snapshot) continue;
    await removeRbdSnapshot(source.client, snapshot).catch(() => left.push(snapshotText(snapshot)));
  }
  return left;
}

function nameOf({ pool, namespace, image }: RbdImage): string {
  return [pool, namespace, image].filter((part) => part !== undefined).join('/');
}

function snapshotText(snapshot: RbdSnapshotName): string {
  return `${nameOf(snapshot)}@${snapshot.snapshot}`;
}
