import { Problem } from '../../base/errors.ts';
import { Emitter, type Event } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { getDomainState, getDomainXml, listDomains, listDomainStates } from '../../libvirt/domains.ts';
import { hasManagedSave } from '../../libvirt/domainSaving.ts';
import { parseDomain, type DomainModel } from '../../libvirt/model/domain.ts';
import { ListDomains } from '../../libvirt/protocol/domainFlags.ts';
import { DomainState } from '../../libvirt/protocol/domainStates.ts';
import { DomainLifecycle, DomainLifecycleDetail } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { DefinedGroup, type DefinedEntry } from './definedGroup.ts';

export interface DomainEntry extends DefinedEntry {
  readonly ref: DomainRef;
  /** One of DomainState. */
  readonly state: number;
  /** Why, in the numbering of the state. */
  readonly reason: number;
  /** Its memory is kept on the host: the next start goes on from there. */
  readonly managedSave: boolean;
}

/** The object went away between being listed and being read. */
class GoneError extends Problem {
  readonly code = 'gone';

  constructor(uuid: string) {
    super(t('The domain {0} is no longer there.', uuid));
  }
}

type DomainEvent = Extract<LibvirtEvent, { object: 'domain' }>;
type LifecycleEvent = Extract<DomainEvent, { kind: 'lifecycle' }>;

export function isActive({ state }: Pick<DomainEntry, 'state'>): boolean {
  return state !== DomainState.shutoff && state !== DomainState.crashed && state !== DomainState.noState;
}

export class DomainGroup extends DefinedGroup<DomainEntry, DomainEvent> {
  readonly #connection: LibvirtConnection;
  /** What is below the rows, until an event says that it has changed. */
  readonly #details = new Map<string, Promise<DomainModel>>();
  readonly #definitions = new Map<string, Promise<string>>();
  readonly #noted = new Emitter<string>();
  /** A definition was changed from here, told by its UUID. */
  readonly onDidNoteDefinition: Event<string> = this.#noted.event;
  /** Counts the questions about each domain's state, so that an overtaken answer is dropped. */
  readonly #asked = new Map<string, number>();
  #saved: ReadonlySet<string> = new Set();

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
        { ref, state, reason, managedSave: this.#saved.has(ref.uuid), ...this.lifetimeOf(ref) },
      ]),
    );
  }

  override async readLifetimes(): Promise<void> {
    const [saved] = await Promise.all([
      listDomains(this.#connection, ListDomains.managedSave),
      super.readLifetimes(),
    ]);
    const before = this.#saved;
    this.#saved = new Set(saved.map(({ uuid }) => uuid));
    const isSame = before.size === this.#saved.size && [...before].every((uuid) => this.#saved.has(uuid));
    if (!isSame) this.updateAll((entry) => ({ ...entry, managedSave: this.#saved.has(entry.ref.uuid) }));
  }

  /** That a saved state was removed has no event: whoever does it says so. */
  noteManagedSave(uuid: string, managedSave: boolean): void {
    this.#noteSaved(uuid, managedSave);
    this.update(uuid, { managedSave });
  }

  /** Of a changed definition that adds or removes no device there is no event: whoever changes it says so. */
  noteDefinition(uuid: string): void {
    this.#details.delete(uuid);
    this.#definitions.delete(uuid);
    this.update(uuid, {});
    this.#noted.fire(uuid);
  }

  #noteSaved(uuid: string, managedSave: boolean): void {
    if (this.#saved.has(uuid) === managedSave) return;
    const others = [...this.#saved].filter((other) => other !== uuid);
    this.#saved = new Set(managedSave ? [...others, uuid] : others);
  }

  async #isSaved(ref: DomainRef): Promise<boolean> {
    try {
      return await hasManagedSave(this.#connection, ref);
    } catch (error) {
      if (isLibvirtError(error, ErrorCode.noSupport)) return false;
      throw error;
    }
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
    // Defined under the new name follows.
    const isRenamed =
      event.event === DomainLifecycle.undefined && event.detail === DomainLifecycleDetail.undefined.renamed;
    if (isRenamed) return;
    if (event.event === DomainLifecycle.undefined) {
      if (known && isActive(known)) this.update(ref.uuid, { persistent: false });
      else this.remove(ref.uuid);
      return;
    }
    if (event.event === DomainLifecycle.stopped && known?.persistent === false) {
      this.remove(ref.uuid);
      return;
    }
    void this.#refresh(event, known?.persistent ?? event.event === DomainLifecycle.defined);
  }

  /** Asks for the state itself: an event names what happened, not how the domain is now. */
  async #refresh({ domain: ref, event }: LifecycleEvent, persistent: boolean): Promise<void> {
    const turn = (this.#asked.get(ref.uuid) ?? 0) + 1;
    this.#asked.set(ref.uuid, turn);
    try {
      const [{ state, reason }, isSaved] = await Promise.all([
        getDomainState(this.#connection, ref),
        event === DomainLifecycle.stopped && persistent ? this.#isSaved(ref) : this.#saved.has(ref.uuid),
      ]);
      if (this.#asked.get(ref.uuid) !== turn) return;
      const known = this.entries.get(ref.uuid);
      const autostart = known?.autostart ?? false;
      // Another name is another place in the list.
      if (known && known.ref.name !== ref.name) this.remove(ref.uuid);
      const managedSave = isSaved && !isActive({ state });
      this.#noteSaved(ref.uuid, managedSave);
      this.put(ref.uuid, { ref, state, reason, autostart, persistent, managedSave });
    } catch (error) {
      if (isLibvirtError(error, ErrorCode.noDomain)) this.remove(ref.uuid);
      // Any other failure means that the connection is gone, which shows in the host's row.
    }
  }
}
