import type { HostSession } from '../../../hosts/hostSession.ts';
import type { Favourite } from '../favourites.ts';
import { ExplorerNode, type Marks, type ObjectNode } from '../node.ts';
import { byName } from './byName.ts';
import { FavouriteNode } from './favouriteNode.ts';
import { createRow } from './hostGroups.ts';
import { PoolNode } from './poolNode.ts';
import { VolumeNode } from './volumeNode.ts';

/** Stands above a favourite in the place of its group: an object that is in two places of the tree has two rows. */
class FavouritePlace extends ExplorerNode {
  readonly kind = 'section';
  readonly id: string;
  readonly host: HostSession;
  readonly #marks: Marks;

  constructor(host: HostSession, marks: Marks, { folder, pool = '' }: Favourite) {
    super(undefined);
    this.host = host;
    this.#marks = marks;
    this.id = `favourites/${JSON.stringify([host.name, folder, pool])}`;
  }

  override get marks(): Marks {
    return this.#marks;
  }

  item(): never {
    throw new TypeError('it is not shown');
  }
}

/** The rows of the favourites: those of the objects where they are known, else what was kept of them. */
export class FavouriteRows {
  readonly #marks: Marks;
  #rows: ReadonlyMap<string, ObjectNode> = new Map();

  constructor(marks: Marks) {
    this.#marks = marks;
  }

  /** In alphabetical order; those of hosts that are not in the settings now are left out. */
  read(favourites: readonly Favourite[], hosts: readonly HostSession[]): readonly ObjectNode[] {
    const rows = new Map<string, ObjectNode>();
    for (const favourite of favourites) {
      const host = hosts.find(({ name }) => name === favourite.host);
      if (!host) continue;
      const { folder, name, pool, uuid } = favourite;
      const key = JSON.stringify([host.name, folder, pool, uuid ?? name]);
      const known = isThere(host, favourite);
      const before = this.#rows.get(key);
      const isCurrent = before?.host === host && (before.kind !== 'favourite') === known;
      rows.set(key, isCurrent ? before : this.#create(host, favourite, known));
    }
    this.#rows = rows;
    return [...rows.values()].sort(byName);
  }

  #create(host: HostSession, favourite: Favourite, known: boolean): ObjectNode {
    const place = new FavouritePlace(host, this.#marks, favourite);
    const { folder, name, uuid = '', pool = '' } = favourite;
    if (!known) return new FavouriteNode(place, favourite);
    if (folder !== 'volumes') return createRow[folder](place, uuid);
    return new VolumeNode(new PoolNode(place, poolOf(host, pool) ?? ''), { pool, name, key: name });
  }

  holds(row: ObjectNode): boolean {
    return [...this.#rows.values()].includes(row);
  }

  /** The row of an object; undefined when it is no favourite. */
  rowOf(host: HostSession, uuid: string): ObjectNode | undefined {
    return [...this.#rows.values()].find((row) => row.host === host && row.uuid === uuid);
  }
}

/** Whether the object is in what is known of its host. Of a volume only its pool is known. */
function isThere(host: HostSession, { folder, uuid = '', pool = '' }: Favourite): boolean {
  if (folder === 'volumes') return poolOf(host, pool) !== undefined;
  return host.inventory?.[folder].entries.has(uuid) === true;
}

/** The UUID of an active pool. */
function poolOf({ inventory }: HostSession, name: string): string | undefined {
  const pools = inventory?.pools.entries.values() ?? [];
  return [...pools].find(({ ref, active }) => active && ref.name === name)?.ref.uuid;
}
