import type { Disposable } from '../../base/events.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { PoolLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import { getVolumePath, listVolumes } from '../../libvirt/volumes.ts';
import type { KnownVolume } from '../../rules/hostKnowledge.ts';
import type { PoolEntry } from '../inventory/pools.ts';
import { keep } from './keep.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';
import { ObjectFacts, type ReadableGroup } from './objectFacts.ts';
import type { PoolFacts } from './poolFacts.ts';

/** That a volume was made or deleted has no event. */
const staleMs = 30_000;

interface VolumeList {
  readonly volumes: readonly KnownVolume[];
}

/** The volumes of those active pools that are of type rbd or that a document names. */
export class KnownVolumes implements Disposable {
  readonly #group: ReadableGroup<PoolEntry>;
  readonly #lists: ObjectFacts<PoolEntry, VolumeList>;
  readonly #named = new Set<string>();
  /** When each pool was asked for, in ms. */
  readonly #askedAt = new Map<string, number>();
  #listed: { readonly lists: readonly VolumeList[]; readonly pools: ReadonlySet<string> } | undefined;
  #known: readonly KnownVolume[] = [];
  /** Those that are about to be made. */
  readonly #expected = new Set<readonly KnownVolume[]>();
  readonly #changed: () => void;

  constructor(
    source: KnowledgeSource,
    group: ReadableGroup<PoolEntry>,
    factsOfPool: (uuid: string) => PoolFacts | undefined,
  ) {
    this.#group = group;
    this.#changed = source.changed;
    this.#lists = new ObjectFacts({
      group,
      source,
      lane: 'storage',
      read: async ({ ref }, options) => {
        this.#askedAt.set(ref.uuid, performance.now());
        const volumes = await listVolumes(source.connection, ref, options);
        return { volumes: await withPaths(source.connection, volumes, options) };
      },
      isWanted: (uuid, { active, ref }) =>
        active && (factsOfPool(uuid)?.type === 'rbd' || this.#named.has(ref.name)),
    });
  }

  /** Lists what is wanted and not listed, and again what may have changed without an event. */
  want(names: readonly string[]): void {
    // A name that is being typed is no pool's yet.
    const pools = new Set([...this.#group.entries.values()].map(({ ref }) => ref.name));
    for (const name of names) if (pools.has(name)) this.#named.add(name);
    this.#lists.start();
    const now = performance.now();
    for (const [uuid, at] of this.#askedAt) if (now - at > staleMs) this.#lists.again(uuid);
  }

  /** Lets volumes that are about to be made count as there. */
  expect(volumes: readonly KnownVolume[]): Disposable {
    const change = (): void => {
      this.#listed = undefined;
      this.#changed();
    };
    this.#expected.add(volumes);
    change();
    return {
      dispose: () => {
        if (this.#expected.delete(volumes)) change();
      },
    };
  }

  /** Lists a pool again whose volumes somebody has just made or deleted. */
  again(uuid: string): void {
    if (this.#askedAt.has(uuid)) this.#lists.again(uuid);
  }

  /** The type of a pool may be known only now. */
  update(): void {
    this.#lists.start();
  }

  /** The names of the pools whose volumes are known. The same until one changes. */
  get listedPools(): ReadonlySet<string> | undefined {
    return this.#current()?.pools;
  }

  /** The same until one changes. */
  get known(): readonly KnownVolume[] | undefined {
    return this.#current() && this.#known;
  }

  #current(): { readonly pools: ReadonlySet<string> } | undefined {
    if (!this.#lists.isStarted) return this.#listed;
    const found = [...this.#group.entries].flatMap(([uuid, { ref }]) => {
      const list = this.#lists.get(uuid);
      return list ? [{ name: ref.name, list }] : [];
    });
    const lists = found.map(({ list }) => list);
    const isSame =
      lists.length === this.#listed?.lists.length &&
      lists.every((list, index) => list === this.#listed?.lists[index]);
    if (isSame) return this.#listed;
    const pools = new Set(found.map(({ name }) => name));
    this.#listed = { lists, pools: keep<ReadonlySet<string>>(this.#listed?.pools, pools) };
    this.#known = [...lists.flatMap(({ volumes }) => volumes), ...[...this.#expected].flat()];
    return this.#listed;
  }

  handle(event: Extract<LibvirtEvent, { object: 'pool' }>): void {
    if (event.kind === 'refresh' || event.event === PoolLifecycle.started) this.#lists.again(event.pool.uuid);
  }

  dispose(): void {
    this.#lists.dispose();
  }
}

/** The key of a volume is its path where the storage is files or RBD; elsewhere each volume is asked for. */
async function withPaths(
  connection: LibvirtConnection,
  volumes: readonly VolumeRef[],
  options: WaitOptions,
): Promise<readonly KnownVolume[]> {
  const known: KnownVolume[] = [];
  for (const volume of volumes) {
    const { pool, name, key } = volume;
    const path = key.includes('/') ? key : await getVolumePath(connection, volume, options);
    known.push({ pool, name, path });
  }
  return known;
}
