import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, CodedProblem, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { waitFor } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { getDomainState, resumeDomain, suspendDomain } from '../../libvirt/domains.ts';
import { ConnectionClosedError } from '../../libvirt/errors.ts';
import { freezeGuest, thawGuest } from '../../libvirt/guestAgent.ts';
import { DomainState } from '../../libvirt/protocol/domainStates.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { armGuard, type GuardedDomain, type ThawGuard, type Undo } from './thawGuard.ts';

/** How a guest is kept from writing while its disks are snapshotted. */
export type Quiet =
  /** Its agent writes out what programs have written and holds all changes: the file systems are consistent. */
  | 'frozen'
  /** It stands still: all disks are of one moment, as after a power cut. */
  | 'suspended'
  /** It goes on, or is off. */
  | 'none';

export interface QuietDomain extends Omit<GuardedDomain, 'uuid'> {
  readonly connection: LibvirtConnection;
  readonly ref: DomainRef;
}

export interface QuietOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told before each step, what it is. */
  readonly say?: ((step: string) => void) | undefined;
  /** How long the guest may take to freeze. Default 20 s. */
  readonly freezeMs?: number | undefined;
  /** How long it is kept quiet at most; the work is then aborted. Default 30 s. */
  readonly quietMs?: number | undefined;
}

export class QuietGuestError extends CodedProblem<
  'not-frozen' | 'quiet-too-long' | 'thawed-early' | 'still-frozen' | 'still-suspended'
> {}

const freezeLimitMs = 20_000;
const quietLimitMs = 30_000;
/** The guard's time runs from before the freeze, and must outlast all that is tried here. */
const guardMarginMs = 30_000;
const wakeTries = 3;
const betweenTriesMs = 500;
const wakeMs = 20_000;

/**
 * Does work while a guest is kept from writing, and lets it go on afterwards, whatever happens: the work fails, is
 * cancelled or takes too long, the guest freezes too late, the connection to libvirt or to the host is lost. For the
 * last, a guard on the host takes over (see `armGuard`).
 * @param work its signal aborts when the guest may not be kept quiet any longer
 */
export async function whileQuiet<T>(
  domain: QuietDomain,
  how: Quiet,
  work: (signal: AbortSignal) => Promise<T>,
  options: QuietOptions = {},
): Promise<T> {
  if (how === 'none') return work(options.signal ?? new AbortController().signal);
  return how === 'frozen' ? whileFrozen(domain, work, options) : whileSuspended(domain, work, options);
}

async function whileFrozen<T>(
  domain: QuietDomain,
  work: (signal: AbortSignal) => Promise<T>,
  options: QuietOptions,
): Promise<T> {
  const { connection, ref } = domain;
  const { signal, say, freezeMs = freezeLimitMs, quietMs = quietLimitMs } = options;
  const guard = await guardOf(domain, 'domfsthaw', freezeMs + quietMs);
  const thaw = (): Promise<number> => thawGuest(connection, ref, { timeoutMs: wakeMs });
  const waking: Waking<number> = { call: thaw, guard, failure: (cause) => notThawed(ref.name, guard, cause) };
  if (signal?.aborted) {
    guard?.release();
    throw new CancelledError();
  }
  say?.(t('Freezing the file systems of {0}', ref.name));
  const freezing = freezeGuest(connection, ref);
  let frozen: number;
  try {
    frozen = await waitFor(freezing, { signal, timeoutMs: freezeMs }, () =>
      t('it did not freeze its file systems within {0} s.', freezeMs / 1000),
    );
  } catch (error) {
    await thawLate(freezing, waking);
    if (error instanceof CancelledError) throw error;
    throw new QuietGuestError('not-frozen', t('{0} could not be frozen: {1}', ref.name, messageOf(error)), {
      cause: error,
      advice: t('Take the snapshot without freezing, or look at the guest agent in the guest.'),
    });
  }
  let result: T;
  try {
    result = await limited(work, quietMs, signal, ref.name);
  } catch (error) {
    await wake(waking);
    throw error;
  }
  say?.(t('Thawing the file systems of {0}', ref.name));
  const thawed = await wake(waking);
  if (thawed === undefined || thawed >= frozen) return result;
  throw new QuietGuestError(
    'thawed-early',
    t('{0} was thawed by somebody else before all of its disks had their snapshot.', ref.name),
    { advice: t('Try again. A backup program may freeze and thaw the guest too.') },
  );
}

/** Some file systems may be frozen, and a freeze that is given up may still happen: thawed as soon as it has. */
async function thawLate(freezing: Promise<number>, waking: Waking<number>): Promise<void> {
  const over = freezing.catch(() => 0).then(() => wake(waking));
  await Promise.race([over.catch(() => undefined), sleep(wakeMs, undefined, { ref: false })]);
}

async function whileSuspended<T>(
  domain: QuietDomain,
  work: (signal: AbortSignal) => Promise<T>,
  options: QuietOptions,
): Promise<T> {
  const { connection, ref } = domain;
  const { signal, say, quietMs = quietLimitMs } = options;
  const { state } = await getDomainState(connection, ref, { signal });
  if (state === DomainState.paused) return limited(work, quietMs, signal, ref.name);
  const guard = await guardOf(domain, 'resume', quietMs);
  const waking: Waking<void> = {
    call: () => resumeDomain(connection, ref, { timeoutMs: wakeMs }),
    guard,
    failure: (cause) => notResumed(ref.name, guard, cause),
  };
  say?.(t('Suspending {0} for a moment', ref.name));
  try {
    await suspendDomain(connection, ref, { timeoutMs: wakeMs });
  } catch (error) {
    await wake(waking).catch(() => undefined);
    throw error;
  }
  try {
    return await limited(work, quietMs, signal, ref.name);
  } finally {
    say?.(t('Resuming {0}', ref.name));
    await wake(waking);
  }
}

function guardOf(domain: QuietDomain, undo: Undo, quietMs: number): Promise<ThawGuard | undefined> {
  const seconds = Math.ceil((quietMs + guardMarginMs) / 1000);
  return armGuard({ ...domain, uuid: domain.ref.uuid }, undo, seconds);
}

function notThawed(name: string, guard: ThawGuard | undefined, cause: unknown): QuietGuestError {
  const advice = guard
    ? t('A guard on the host thaws it now. To see that it did: virsh domfsthaw {0}', name)
    : t('Thaw it now, on its host: virsh domfsthaw {0}', name);
  const message = t('The file systems of {0} may still be frozen: {1}', name, messageOf(cause));
  return new QuietGuestError('still-frozen', message, { advice, cause });
}

function notResumed(name: string, guard: ThawGuard | undefined, cause: unknown): QuietGuestError {
  const advice = guard
    ? t('A guard on the host resumes it now. To see that it did: virsh domstate {0}', name)
    : t('Resume it now, or on its host: virsh resume {0}', name);
  const message = t('{0} may still be suspended: {1}', name, messageOf(cause));
  return new QuietGuestError('still-suspended', message, { advice, cause });
}

/** Does the work, for as long as the guest may be quiet and nobody cancels. */
async function limited<T>(
  work: (signal: AbortSignal) => Promise<T>,
  quietMs: number,
  signal: AbortSignal | undefined,
  name: string,
): Promise<T> {
  const late = AbortSignal.timeout(quietMs);
  try {
    return await work(signal ? AbortSignal.any([signal, late]) : late);
  } catch (error) {
    if (!late.aborted || signal?.aborted === true) throw error;
    throw new QuietGuestError(
      'quiet-too-long',
      t('It took more than {0} s, and {1} had to go on.', quietMs / 1000, name),
      { cause: error, advice: t('Look why the storage is slow, then try again.') },
    );
  }
}

interface Waking<T> {
  readonly call: () => Promise<T>;
  readonly guard: ThawGuard | undefined;
  readonly failure: (cause: unknown) => QuietGuestError;
}

/**
 * Lets the guest go on: by libvirt, a few times because another call may hold the agent, else by the guard.
 * @returns what the call gave, undefined where the guard did it
 */
async function wake<T>({ call, guard, failure }: Waking<T>): Promise<T | undefined> {
  let last: unknown;
  for (let attempt = 1; attempt <= wakeTries; attempt += 1) {
    try {
      const result = await call();
      guard?.release();
      return result;
    } catch (error) {
      last = error;
      if (error instanceof ConnectionClosedError) break;
      await sleep(betweenTriesMs);
    }
  }
  if ((await guard?.trigger()) === 'undone') return undefined;
  throw failure(last);
}
