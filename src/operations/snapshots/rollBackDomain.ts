import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, Problem, TimeoutError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { waitFor } from '../../base/waiting.ts';
import { listRbdWatchers } from '../../ceph/rbd.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { destroyDomain, shutdownDomain, startDomain } from '../../libvirt/domains.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { listenForStop } from '../domains/domainStop.ts';
import { RbdSnapshotChangeError, rollBack, type RollbackOptions } from './changeRbdSnapshots.ts';
import type { QuietDomain } from './quietGuest.ts';
import type { RbdSnapshotSet } from './rbdSnapshotSets.ts';
import { takeRbdSnapshots } from './takeRbdSnapshots.ts';

/** How a domain that is on is stopped first. */
export type Stop = 'shutDown' | 'forceOff';

export interface RollbackPlan {
  readonly set: RbdSnapshotSet;
  /** undefined: the domain is off. One that was on is started again. */
  readonly stop: Stop | undefined;
  /** The name of a snapshot that keeps what the disks hold now. */
  readonly keep: string | undefined;
  /** How long a guest may take to shut down. */
  readonly stopSeconds: number;
}

export class RollbackError extends Problem {
  readonly code = 'not-stopped';
}

/** A killed QEMU is remembered by Ceph for 30 seconds. */
const closingMs = 40_000;
const lookEveryMs = 500;

/**
 * Stops a domain, rolls its disks back and starts it again. Cancelling, or a failure, before the first disk is touched
 * starts it again too; with disks that are partly rolled back it stays off.
 */
export async function rollBackDomain(
  domain: QuietDomain,
  { set, stop, keep, stopSeconds }: RollbackPlan,
  { signal, report }: RollbackOptions,
): Promise<void> {
  const { connection, ref } = domain;
  if (stop) {
    report?.({ message: t('Waiting for {0} to stop', ref.name) });
    await stopDomain(connection, ref, stop, { signal, timeoutMs: stopSeconds * 1000 });
  }
  try {
    if (stop) await untilClosed(set, signal);
    if (keep !== undefined) {
      const disks = set.members.map(({ disk }) => disk);
      await takeRbdSnapshots(domain, { name: keep, disks, quiet: 'none' }, { signal });
    }
    report?.({ message: t('Rolling back {0} disks', set.members.length) });
    await rollBack(set, { signal, report });
  } catch (error) {
    const isTouched = error instanceof RbdSnapshotChangeError && error.code === 'rollback-incomplete';
    if (stop && !isTouched) await startDomain(connection, ref).catch(() => undefined);
    throw error;
  }
  if (stop) await startDomain(connection, ref);
}

async function stopDomain(
  connection: LibvirtConnection,
  ref: DomainRef,
  stop: Stop,
  { signal, timeoutMs }: { readonly signal: AbortSignal | undefined; readonly timeoutMs: number },
): Promise<void> {
  if (signal?.aborted === true) throw new CancelledError();
  if (stop === 'forceOff') {
    await destroyDomain(connection, ref);
    return;
  }
  const listening = listenForStop(connection, ref.uuid);
  try {
    await shutdownDomain(connection, ref);
    await waitFor(listening.stopped, { signal, timeoutMs }, () => '');
  } catch (error) {
    if (error instanceof TimeoutError) throw notStopped(ref.name, timeoutMs);
    if (error instanceof CancelledError) throw stillStopping(ref.name);
    throw error;
  } finally {
    listening.dispose();
  }
}

function stillStopping(name: string): RollbackError {
  return new RollbackError(
    t('Cancelled: nothing was rolled back. {0} was asked to shut down and may still do so.', name),
    { advice: t('Start it again once it has stopped.') },
  );
}

function notStopped(name: string, timeoutMs: number): RollbackError {
  return new RollbackError(
    t('{0} did not shut down within {1} s, so nothing was rolled back.', name, timeoutMs / 1000),
    { advice: t('Shut it off in another way, then roll back.') },
  );
}

/** Ceph hears of QEMU's end a moment later. What is open for longer, `rollBack` refuses. */
async function untilClosed({ members }: RbdSnapshotSet, signal: AbortSignal | undefined): Promise<void> {
  const giveUp = performance.now() + closingMs;
  while (performance.now() < giveUp) {
    const watchers = await Promise.all(
      members.map(({ disk }) => listRbdWatchers(disk.client, disk.image, { signal })),
    );
    if (watchers.every((list) => list.length === 0)) return;
    await sleep(lookEveryMs);
  }
}
