import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { getBalloon, setMemory } from '../../libvirt/domainResources.ts';
import { getDomainXml } from '../../libvirt/domains.ts';
import { LibvirtError } from '../../libvirt/errors.ts';
import { DomainAffect, resourceMaximum } from '../../libvirt/protocol/domainFlags.ts';
import { deregisterEvent, domainEvents, registerEvent } from '../../libvirt/protocol/events.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { moveLimit, readResources, type Amount, type Effect } from './resources.ts';

/** Why a domain does not get another amount of memory, where libvirt's own text does not say it. */
export class MemoryProblem extends Problem {
  readonly code: 'no-balloon' | 'numa';

  constructor(code: MemoryProblem['code'], message: string, advice: string, cause: LibvirtError) {
    super(message, { advice, cause, raw: cause.raw });
    this.code = code;
  }
}

/** What a domain has after a change, in KiB: undefined where it was not to change. */
export interface MemoryNow {
  /** What the guest really has: its driver may not have done what it was asked. */
  readonly live: number | undefined;
  readonly next: Amount | undefined;
}

/** Guests need seconds to give up memory. */
const patienceMs = 10_000;
/** QEMU counts in pages. */
const toleranceKiB = 1024;

/**
 * Gives a domain another amount of memory, waits a while for the guest to follow, and looks at what it has then.
 * @param before of its definition
 */
export async function setDomainMemory(
  connection: LibvirtConnection,
  domain: DomainRef,
  memoryKiB: number,
  effect: Effect,
  before: Amount | undefined,
  options: WaitOptions = {},
): Promise<MemoryNow> {
  const config = DomainAffect.config;
  const set = async (): Promise<void> => {
    if (before && effect.next && moveLimit(memoryKiB, before, effect)) {
      const limit = (): Promise<void> =>
        setMemory(connection, domain, memoryKiB, config | resourceMaximum, options);
      const current = (): Promise<void> => setMemory(connection, domain, memoryKiB, config, options);
      const steps = memoryKiB > before.maximum ? [limit, current] : [current, limit];
      for (const step of steps) await step();
      if (effect.live) await setMemory(connection, domain, memoryKiB, DomainAffect.live, options);
    } else {
      const flags = (effect.live ? DomainAffect.live : 0) | (effect.next ? config : 0);
      await setMemory(connection, domain, memoryKiB, flags, options);
    }
  };
  try {
    let live: number | undefined;
    if (effect.live) live = await balloonAfter(connection, domain, memoryKiB, set, options);
    else await set();
    const next = effect.next
      ? (await readResources(await getDomainXml(connection, domain, { ...options, inactive: true })))
          .memoryKiB
      : undefined;
    return { live, next };
  } catch (error) {
    throw explainMemory(error, domain.name, connection.host);
  }
}

/** Does it and waits until the guest has as much memory as it should, or does not follow. */
async function balloonAfter(
  connection: LibvirtConnection,
  domain: DomainRef,
  memoryKiB: number,
  set: () => Promise<void>,
  options: WaitOptions,
): Promise<number | undefined> {
  const isThere = (actual: number | undefined): boolean =>
    actual !== undefined && Math.abs(actual - memoryKiB) <= toleranceKiB;
  const { id: eventId } = domainEvents.find(({ kind }) => kind === 'balloonChange') ?? { id: 0 };
  const { callbackId } = await connection.call(registerEvent.domain, { eventId, object: undefined }, options);
  let arrived: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const listener = connection.onEvent((event) => {
    if (event.object !== 'domain' || event.kind !== 'balloonChange') return;
    if (event.domain.uuid === domain.uuid && isThere(event.actual)) arrived();
  });
  const giveUp = new AbortController();
  try {
    await set();
    if (!isThere(await getBalloon(connection, domain, options))) {
      const { signal } = options;
      const late = AbortSignal.any([giveUp.signal, ...(signal ? [signal] : [])]);
      await Promise.race([reached, sleep(patienceMs, undefined, { signal: late }).catch(() => undefined)]);
    }
    return await getBalloon(connection, domain, options);
  } finally {
    giveUp.abort();
    listener.dispose();
    void connection.call(deregisterEvent.domain, { callbackId }).catch(() => undefined);
  }
}

function explainMemory(error: unknown, domain: string, host: string): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const said = error.raw ?? '';
  if (/balloon/i.test(said)) {
    return new MemoryProblem(
      'no-balloon',
      t('{0} on {1} has no balloon device: its memory cannot change while it runs.', domain, host),
      t('Set it for the next start only, or add <memballoon model="virtio"/> to its XML.'),
      error,
    );
  }
  if (said.includes('NUMA')) {
    return new MemoryProblem(
      'numa',
      t(
        'The memory of {0} on {1} is divided among NUMA nodes, which do not go with this amount.',
        domain,
        host,
      ),
      t('Open the XML: the memory of all <cell> together must be that of <memory>.'),
      error,
    );
  }
  return error;
}
