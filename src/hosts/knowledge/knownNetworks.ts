import type { Disposable } from '../../base/events.ts';
import { parseNetwork } from '../../libvirt/model/network.ts';
import { getNetworkXml } from '../../libvirt/networks.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { KnownNetwork } from '../../rules/hostKnowledge.ts';
import type { NetworkEntry } from '../inventory/networks.ts';
import { keep } from './keep.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';
import { ObjectFacts, type ReadableGroup } from './objectFacts.ts';

type NetworkFacts = Pick<KnownNetwork, 'bridge' | 'portgroups'>;

/** What the definitions of a host's networks say. */
export class KnownNetworks implements Disposable {
  readonly #group: ReadableGroup<NetworkEntry>;
  readonly #facts: ObjectFacts<NetworkEntry, NetworkFacts>;
  #known: readonly KnownNetwork[] | undefined;
  #knownAt = 0;

  constructor(source: KnowledgeSource, group: ReadableGroup<NetworkEntry>) {
    this.#group = group;
    this.#facts = new ObjectFacts({
      group,
      source,
      lane: 'memory',
      urgent: true,
      read: async ({ ref }, options) => {
        const { bridge, portgroups } = await parseNetwork(
          await getNetworkXml(source.connection, ref, options),
        );
        // The copies do not keep the XML in memory.
        return structuredClone({ bridge, portgroups });
      },
    });
  }

  start(): void {
    this.#facts.start();
  }

  /** undefined until all networks have been read. The same until one changes. */
  get known(): readonly KnownNetwork[] | undefined {
    if (!this.#facts.isSettled || this.#facts.revision === this.#knownAt) return this.#known;
    this.#knownAt = this.#facts.revision;
    const now = [...this.#group.entries].map(([uuid, { ref, active }]): KnownNetwork => {
      const { bridge, portgroups } = this.#facts.get(uuid) ?? { bridge: undefined, portgroups: [] };
      return { name: ref.name, uuid, isActive: active, bridge, portgroups };
    });
    this.#known = keep(this.#known, now);
    return this.#known;
  }

  handle(event: Extract<LibvirtEvent, { object: 'network' }>): void {
    if (event.kind === 'lifecycle') this.#facts.again(event.network.uuid);
  }

  dispose(): void {
    this.#facts.dispose();
  }
}
