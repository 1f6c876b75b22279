import type { Disposable } from '../../base/events.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { PoolLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import { ListPools } from '../../libvirt/protocol/storagePool.ts';
import { getPoolXml, listPools } from '../../libvirt/storagePools.ts';
import type { KnownPool, KnownRbdPool } from '../../rules/hostKnowledge.ts';
import type { PoolEntry } from '../inventory/pools.ts';
import { keep } from './keep.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';
import { ObjectFacts, type ReadableGroup } from './objectFacts.ts';
import { readPoolFacts, type PoolFacts } from './poolFacts.ts';

/** What the definitions of a host's pools say: those of RBD pools first. */
export class KnownPools implements Disposable {
  readonly #source: KnowledgeSource;
  readonly #group: ReadableGroup<PoolEntry>;
  readonly #facts: ObjectFacts<PoolEntry, PoolFacts>;
  /** Pools that are not of type rbd, as far as the daemon told before any was read. */
  #others = new Set<string>();
  #started: Promise<void> | undefined;
  #readsAll = false;
  #rbdPools: readonly KnownRbdPool[] | undefined;
  #known: readonly KnownPool[] | undefined;

  constructor(source: KnowledgeSource, group: ReadableGroup<PoolEntry>) {
    this.#source = source;
    this.#group = group;
    this.#facts = new ObjectFacts({
      group,
      source,
      lane: 'storage',
      read: async ({ ref }, options) =>
        readPoolFacts(await getPoolXml(source.connection, ref, { ...options, inactive: true })),
      isWanted: (uuid) => this.#readsAll || !this.#others.has(uuid),
    });
  }

  startRbd(): void {
    this.#started ??= this.#start();
  }

  async startAll(): Promise<void> {
    this.startRbd();
    await this.#started;
    this.#readsAll = true;
    this.#facts.start();
  }

  async #start(): Promise<void> {
    this.#others = await this.#listOthers();
    this.#facts.start();
  }

  /** None when the daemon does not tell: then all pools are read. A pool that hangs may keep it from telling. */
  #listOthers(): Promise<Set<string>> {
    const { connection, reads } = this.#source;
    return new Promise((resolve) => {
      const giveUp = (): void => {
        resolve(new Set());
      };
      const work = async (options: WaitOptions): Promise<void> => {
        const all = await listPools(connection, 0, options);
        const rbd = await listPools(connection, ListPools.rbd, options);
        const others = new Set(all.map(({ uuid }) => uuid));
        for (const { uuid } of rbd) others.delete(uuid);
        resolve(others);
      };
      reads.read({ lane: 'storage', work, late: giveUp }).catch(giveUp);
    });
  }

  /** undefined until they have been read. The same until one changes. */
  get rbdPools(): readonly KnownRbdPool[] | undefined {
    const uuids = [...this.#group.entries.keys()];
    const isKnown = (uuid: string): boolean => this.#others.has(uuid) || !this.#facts.isAwaited(uuid);
    if (!this.#facts.isStarted || !uuids.every(isKnown)) return this.#rbdPools;
    const now = uuids.flatMap((uuid) => this.#facts.get(uuid)?.rbd ?? []);
    this.#rbdPools = keep(this.#rbdPools, now);
    return this.#rbdPools;
  }

  /** undefined until all pools have been read. The same until one changes. */
  get known(): readonly KnownPool[] | undefined {
    if (!this.#readsAll || !this.#facts.isSettled) return this.#known;
    const now = [...this.#group.entries].map(([uuid, { ref, active }]): KnownPool => {
      return { name: ref.name, uuid, type: this.factsOf(uuid)?.type, isActive: active };
    });
    this.#known = keep(this.#known, now);
    return this.#known;
  }

  factsOf(uuid: string): PoolFacts | undefined {
    return this.#facts.get(uuid);
  }

  handle(event: Extract<LibvirtEvent, { object: 'pool' }>): void {
    if (event.kind !== 'lifecycle' || event.event !== PoolLifecycle.defined) return;
    // It may be of another type now.
    this.#others.delete(event.pool.uuid);
    this.#facts.again(event.pool.uuid);
  }

  dispose(): void {
    this.#facts.dispose();
  }
}
