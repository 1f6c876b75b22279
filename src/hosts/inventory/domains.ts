import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { getDomainState, getDomainXml, listDomains, listDomainStates } from '../../libvirt/domains.ts';
import { parseDomain, type DomainModel } from '../../libvirt/model/domain.ts';
import { ListDomains } from '../../libvirt/protocol/domainFlags.ts';
import { DomainState } from '../../libvirt/protocol/domainStates.ts';
import { DomainLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { DefinedGroup, type DefinedEntry } from './definedGroup.ts';

export interface DomainEntry extends DefinedEntry {
  readonly ref: DomainRef;
  /** One of DomainState. */
  readonly state: number;
  /** Why, in the numbering of the state. */
  readonly reason: number;
}

/** The object went away between being listed and being read. */
class GoneError extends Problem {
  readonly code = 'gone';

  constructor(uuid: string) {
    super(t('The domain {0} is no longer there.', uuid));
  }
}

type DomainEvent = Extract<LibvirtEvent, { object: 'domain' }>;

export function isActive({ state }: Pick<DomainEntry, 'state'>): boolean {
  return state !== DomainState.shutoff && state !== DomainState.crashed && state !== DomainState.noState;
}

export class DomainGroup extends DefinedGroup<DomainEntry, DomainEvent> {
  readonly #connection: LibvirtConnection;
  /** What is below the rows, until an event says that it has changed. */
  readonly #details = new Map<string, Promise<DomainModel>>();
  readonly #definitions = new Map<string, Promise<string>>();
  /** Counts the questions about each domain's state, so that an overtaken answer is dropped. */
  readonly #asked = new Map<string, number>();

  constructor(connection: LibvirtConnection) {
    super();
    this.#connection = connection;
  }

  /** The devices and other facts of a domain, as it runs, or as it is defined when it does not. */
  details(uuid: string): Promise<DomainModel> {
    return this.#cached(this.#details, uuid, async (ref) =>
      parseDomain(await getDomainXml(this.#connection, ref)),
    );
  }

  /** The XML that the next start will use. */
  definition(uuid: string): Promise<string> {
    return this.#cached(this.#definitions, uuid, (ref) =>
      getDomainXml(this.#connection, ref, { inactive: true }),
    );
  }

  #cached<T>(cache: Map<string, Promise<T>>, uuid: string, read: (ref: DomainRef) => Promise<T>): Promise<T> {
    const known = cache.get(uuid);
    if (known) return known;
    const entry = this.entries.get(uuid);
    if (!entry) return Promise.reject(new GoneError(uuid));
    const reading = read(entry.ref);
    cache.set(uuid, reading);
    reading.catch(() => cache.delete(uuid));
    return reading;
  }

  protected async read(): Promise<ReadonlyMap<string, DomainEntry>> {
    const states = await listDomainStates(this.#connection);
    this.#details.clear();
    this.#definitions.clear();
    return new Map(
      states.map(({ domain: ref, state, reason }) => [
        ref.uuid,
        { ref, state, reason, ...this.lifetimeOf(ref) },
      ]),
    );
  }

  protected listTransient(): Promise<readonly DomainRef[]> {
    return listDomains(this.#connection, ListDomains.transient);
  }

  protected listAutostarted(): Promise<readonly DomainRef[]> {
    return listDomains(this.#connection, ListDomains.autostart);
  }

  protected apply(event: DomainEvent): void {
    const { domain: ref } = event;
    this.#details.delete(ref.uuid);
    this.#definitions.delete(ref.uuid);
    if (event.kind !== 'lifecycle') {
      this.update(ref.uuid, {});
      return;
    }
    const known = this.entries.get(ref.uuid);
    if (event.event === DomainLifecycle.undefined) {
      if (known && isActive(known)) this.update(ref.uuid, { persistent: false });
      else this.remove(ref.uuid);
      return;
    }
    if (event.event === DomainLifecycle.stopped && known?.persistent === false) {
      this.remove(ref.uuid);
      return;
    }
    void this.#refresh(ref, known?.persistent ?? event.event === DomainLifecycle.defined);
  }

  /** Asks for the state itself: an event names what happened, not how the domain is now. */
  async #refresh(ref: DomainRef, persistent: boolean): Promise<void> {
    const turn = (this.#asked.get(ref.uuid) ?? 0) + 1;
    this.#asked.set(ref.uuid, turn);
    try {
      const { state, reason } = await getDomainState(this.#connection, ref);
      if (this.#asked.get(ref.uuid) !== turn) return;
      const autostart = this.entries.get(ref.uuid)?.autostart ?? false;
      this.put(ref.uuid, { ref, state, reason, autostart, persistent });
    } catch (error) {
      if (isLibvirtError(error, ErrorCode.noDomain)) this.remove(ref.uuid);
      // Any other failure means that the connection is gone, which shows in the host's row.
    }
  }
}
