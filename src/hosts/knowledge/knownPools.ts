import type { Disposable } from '../../base/events.ts';
import { PoolLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import { getPoolXml } from '../../libvirt/storagePools.ts';
import type { KnownPool, KnownRbdPool } from '../../rules/hostKnowledge.ts';
import type { PoolEntry } from '../inventory/pools.ts';
import { keep } from './keep.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';
import { ObjectFacts, type ReadableGroup } from './objectFacts.ts';
import { readPoolFacts, type PoolFacts } from './poolFacts.ts';

interface Known {
  readonly pools: readonly KnownPool[];
  readonly rbdPools: readonly KnownRbdPool[];
}

/** What the definitions of a host's pools say. */
export class KnownPools implements Disposable {
  readonly #group: ReadableGroup<PoolEntry>;
  readonly #facts: ObjectFacts<PoolEntry, PoolFacts>;
  #known: Known | undefined;
  #knownAt = 0;

  constructor(source: KnowledgeSource, group: ReadableGroup<PoolEntry>) {
    this.#group = group;
    this.#facts = new ObjectFacts({
      group,
      source,
      lane: 'storage',
      read: async ({ ref }, options) =>
        readPoolFacts(await getPoolXml(source.connection, ref, { ...options, inactive: true })),
    });
  }

  start(): void {
    this.#facts.start();
  }

  /** undefined until all pools that answer have been read. Its parts are the same until a pool changes. */
  get known(): Known | undefined {
    if (!this.#facts.isSettled || this.#facts.revision === this.#knownAt) return this.#known;
    this.#knownAt = this.#facts.revision;
    const entries = [...this.#group.entries];
    const pools = entries.map(([uuid, { ref, active }]): KnownPool => {
      return { name: ref.name, uuid, type: this.factsOf(uuid)?.type, isActive: active };
    });
    const rbdPools = entries.flatMap(([uuid]) => this.factsOf(uuid)?.rbd ?? []);
    this.#known = {
      pools: keep(this.#known?.pools, pools),
      rbdPools: keep(this.#known?.rbdPools, rbdPools),
    };
    return this.#known;
  }

  factsOf(uuid: string): PoolFacts | undefined {
    return this.#facts.get(uuid);
  }

  handle(event: Extract<LibvirtEvent, { object: 'pool' }>): void {
    if (event.kind === 'lifecycle' && event.event === PoolLifecycle.defined)
      this.#facts.again(event.pool.uuid);
  }

  dispose(): void {
    this.#facts.dispose();
  }
}
