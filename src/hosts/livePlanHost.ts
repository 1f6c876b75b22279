import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor, type WaitOptions } from '../base/waiting.ts';
import type { PlanHost } from '../operations/plan/planHost.ts';
import type { HostSession } from './hostSession.ts';
import { shellHostOf } from './shellHost.ts';

/** A host for plans that restart its libvirt: its connection is always the newest. */
export function livePlanHost(session: HostSession): PlanHost {
  return {
    name: session.name,
    get connection() {
      return session.require().connection;
    },
    get transport() {
      return session.require().transport;
    },
    shell: shellHostOf(session),
    driverUri: session.address.driverUri,
  };
}

/** How long a connection to a daemon that was restarted takes to end. */
const endMs = 5000;
/** How long a daemon may take to answer after its restart, and how often it is tried. */
const restartMs = 60_000;
const retryMs = 1000;

/**
 * Connects again after libvirt's storage driver was restarted. Where that is a daemon of its own, the connection to the
 * other does not end by itself, but would still talk to the old one.
 */
export async function connectAgain(session: HostSession, { signal }: WaitOptions = {}): Promise<void> {
  let end: (() => void) | undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
    if (!session.connected) resolve();
  });
  const listener = session.onDidChangeState(() => {
    if (!session.connected) end?.();
  });
  try {
    await waitFor(ended, { signal, timeoutMs: endMs }, () => '').catch(() => {
      session.disconnect();
    });
  } finally {
    listener.dispose();
  }
  const giveUpAt = Date.now() + restartMs;
  for (;;) {
    try {
      await session.connect(signal);
      return;
    } catch (error) {
      if (signal?.aborted === true || Date.now() > giveUpAt) throw error;
      await sleep(retryMs);
    }
  }
}
