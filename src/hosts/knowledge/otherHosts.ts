import { Emitter, type Disposable, type Event } from '../../base/events.ts';
import type { HostKnowledge, OtherHost } from '../../rules/hostKnowledge.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import type { HostSession } from '../hostSession.ts';
import type { InventoryChange } from '../inventory/inventory.ts';
import type { DocumentNeeds } from './documentNeeds.ts';
import { hasSameParts, keep } from './keep.ts';

/** Changes that come within this time are told together. */
const batchMs = 100;

/** What each connected host knows, together with what must be the same on the other connected ones. */
export class KnowledgeOfHosts implements Disposable {
  readonly #registry: Pick<HostRegistry, 'sessions' | 'onDidChange'>;
  readonly #changes = new Emitter<HostSession>();
  /** A host knows more, or something else; so does one that another has told of. */
  readonly onDidChange: Event<HostSession> = this.#changes.event;
  readonly #known = new WeakMap<HostSession, HostKnowledge>();
  readonly #told = new WeakMap<HostSession, HostKnowledge | undefined>();
  readonly #asOther = new WeakMap<HostSession, OtherHost>();
  readonly #listener: Disposable;
  #watched: readonly Disposable[] = [];
  #batch: NodeJS.Timeout | undefined;

  constructor(registry: Pick<HostRegistry, 'sessions' | 'onDidChange'>) {
    this.#registry = registry;
    this.#listener = registry.onDidChange(() => {
      this.#watch();
    });
    this.#watch();
  }

  /** undefined until the host's pools and secrets are known. The same object until something changes. */
  of(session: HostSession): HostKnowledge | undefined {
    const own = session.connected?.knowledge.current;
    if (!own) return undefined;
    const otherHosts = this.#registry.sessions.flatMap((other) =>
      other === session ? [] : (this.#othersView(other) ?? []),
    );
    const known = this.#known.get(session);
    const now = { ...own, otherHosts: keep(known?.otherHosts, otherHosts) };
    if (known && hasSameParts(known, now)) return known;
    this.#known.set(session, now);
    return now;
  }

  /** As {@link HostKnowledgeIndex.want}; other hosts that have the document's domain look for their secrets' values. */
  want(session: HostSession, needs: DocumentNeeds = {}): void {
    session.connected?.knowledge.want(needs);
    const { domainUuid } = needs;
    if (domainUuid === undefined) return;
    for (const other of this.#registry.sessions) {
      const host = other === session ? undefined : other.connected;
      if (host?.inventory.domains.entries.has(domainUuid)) host.knowledge.wantSecretValues();
    }
  }

  #othersView(session: HostSession): OtherHost | undefined {
    const host = session.connected;
    const secrets = host?.knowledge.secrets;
    if (!host || !secrets || host.inventory.domains.status.kind !== 'loaded') return undefined;
    const domainUuids = new Set(host.inventory.domains.entries.keys());
    const now = keep(this.#asOther.get(session), { hostName: session.name, domainUuids, secrets });
    this.#asOther.set(session, now);
    return now;
  }

  #watch(): void {
    for (const disposable of this.#watched) disposable.dispose();
    const changed = (): void => {
      this.#changed();
    };
    this.#watched = this.#registry.sessions.flatMap((session) => {
      const listeners = [
        session.onDidChangeState(() => {
          this.#watch();
        }),
        session.onDidChangeInventory((change) => {
          if (concernsOthers(change)) changed();
        }),
      ];
      const host = session.connected;
      return host ? [...listeners, host.knowledge.onDidChange(changed)] : listeners;
    });
    changed();
  }

  #changed(): void {
    this.#batch ??= setTimeout(() => {
      this.#batch = undefined;
      for (const session of this.#registry.sessions) this.#tell(session);
    }, batchMs);
  }

  #tell(session: HostSession): void {
    const now = this.of(session);
    if (now === this.#told.get(session)) return;
    this.#told.set(session, now);
    this.#changes.fire(session);
  }

  dispose(): void {
    clearTimeout(this.#batch);
    for (const disposable of [...this.#watched, this.#listener, this.#changes]) disposable.dispose();
  }
}

function concernsOthers({ group, change }: InventoryChange): boolean {
  return group === 'secrets' || (group === 'domains' && change.kind === 'list');
}
