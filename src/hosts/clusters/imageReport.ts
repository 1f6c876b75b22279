import { messageOf, Problem } from '../../base/errors.ts';
import type { ReportProgress } from '../../base/progress.ts';
import { t } from '../../base/l10n.ts';
import { isForbidden } from '../../ceph/cephError.ts';
import { listRbdWatchers, type RbdImage, type RbdPlace } from '../../ceph/rbd.ts';
import { listRbdDetails, type RbdListedImage } from '../../ceph/rbdList.ts';
import { listRbdNamespaces } from '../../ceph/rbdNamespaces.ts';
import { listRbdTrash } from '../../ceph/rbdTrash.ts';
import { mapInTurns } from '../../operations/volumes/mapInTurns.ts';
import type { HostSession } from '../hostSession.ts';
import type { CephCluster } from './cephCluster.ts';
import { joinUses } from './imageUses.ts';
import { fullName, type ImageUser } from './imageUser.ts';
import type { NamedWatcher } from './nameWatchers.ts';
import { indexUses, type Unseen, type UsesIndex, type UsesOptions } from './usesIndex.ts';

/** An image that no domain of a connected host names. */
export interface UnusedImage {
  readonly name: string;
  /** Bytes: what a guest would see. */
  readonly size: number;
  /** So many images are clones of it. */
  readonly clones: number;
  /** Who has it open nevertheless; undefined where that was not asked. */
  readonly watchers: readonly NamedWatcher[] | undefined;
}

export interface UsedImage {
  readonly name: string;
  readonly users: readonly ImageUser[];
}

/** How the images of a cluster and the domains of all connected hosts fit together. */
export interface ImageReport {
  /** How many images were looked at. */
  readonly images: number;
  readonly unused: readonly UnusedImage[];
  /** Named by domains, and not there. */
  readonly missing: readonly (UsedImage & { readonly isTrashed: boolean })[];
  /** Used in two places, and not all of them only read or are meant to share. */
  readonly shared: readonly UsedImage[];
  readonly unseen: readonly Unseen[];
  /** Pools and namespaces that could not be read, with the reason. */
  readonly unread: readonly { readonly place: string; readonly reason: string }[];
}

export interface ReportOptions extends UsesOptions {
  readonly report?: ReportProgress | undefined;
}

/** Of so many unused images it is asked who has them open. */
const watchersOf = 200;

/** @param pools those to look at; undefined: all that are for RBD */
export async function makeImageReport(
  cluster: CephCluster,
  pools: readonly string[] | undefined,
  sessions: readonly HostSession[],
  options: ReportOptions = {},
): Promise<ImageReport> {
  const wait = { signal: options.signal };
  const all = await cluster.pools.get();
  const chosen =
    pools ?? all.filter(({ applications }) => applications.includes('rbd')).map(({ name }) => name);
  options.report?.({ message: t('listing images') });
  const [places, index] = await Promise.all([
    readPlaces(cluster, chosen, wait),
    indexUses(cluster, sessions, { ...wait, live: true }),
  ]);
  const images = new Map(places.flatMap(({ images: listed }) => [...listed]));
  const known = new Set(all.map(({ name }) => name));
  const read = places.filter(({ reason }) => reason === undefined).map(({ place }) => nameOfPlace(place));
  const isLookedAt = (name: string): boolean => {
    const place = name.slice(0, name.lastIndexOf('/'));
    return read.includes(place) || (pools === undefined && !known.has(name.replace(/\/.*$/s, '')));
  };
  const gone = [...index.users].filter(([name]) => isLookedAt(name) && !images.has(name));
  return {
    images: images.size,
    unused: await findUnused(cluster, images, index, sessions, options),
    missing: await withTrash(cluster, gone, places, wait),
    shared: [...index.users]
      .filter(([name, users]) => images.has(name) && isRisky(users))
      .map(([name, users]) => ({ name, users })),
    unseen: index.unseen,
    unread: places.flatMap(({ place, reason }) =>
      reason === undefined ? [] : [{ place: nameOfPlace(place), reason }],
    ),
  };
}

interface ListedImage extends RbdListedImage {
  readonly image: RbdImage;
}

interface ReadPlace {
  readonly place: RbdPlace;
  readonly images: ReadonlyMap<string, ListedImage>;
  /** Why it could not be read. */
  readonly reason: string | undefined;
}

/** The pools and their namespaces, two at a time: each takes some seconds for thousands of images. */
async function readPlaces(
  cluster: CephCluster,
  pools: readonly string[],
  wait: UsesOptions,
): Promise<readonly ReadPlace[]> {
  const spaces = await mapInTurns(pools, 2, async (pool): Promise<readonly RbdPlace[]> => {
    const namespaces = await cluster.ask((client) => listRbdNamespaces(client, pool, wait)).catch(() => []);
    return [undefined, ...namespaces].map((namespace) => ({ pool, namespace }));
  });
  return mapInTurns(spaces.flat(), 2, async (place): Promise<ReadPlace> => {
    try {
      const listed = await cluster.ask((client) => listRbdDetails(client, place, wait));
      const images = [...listed.values()].map((one): [string, ListedImage] => {
        const image = { ...place, image: one.name };
        return [fullName(image), { ...one, image }];
      });
      return { place, images: new Map(images), reason: undefined };
    } catch (error) {
      if (!(error instanceof Problem) || wait.signal?.aborted === true) throw error;
      const reason = isForbidden(error) ? t('this client may not see it') : messageOf(error);
      return { place, images: new Map(), reason };
    }
  });
}

function nameOfPlace({ pool, namespace }: RbdPlace): string {
  return namespace === undefined ? pool : `${pool}/${namespace}`;
}

async function findUnused(
  cluster: CephCluster,
  images: ReadonlyMap<string, ListedImage>,
  index: UsesIndex,
  sessions: readonly HostSession[],
  { signal, report }: ReportOptions,
): Promise<readonly UnusedImage[]> {
  const clones = new Map<string, number>();
  for (const { parent } of images.values())
    if (parent) clones.set(fullName(parent), (clones.get(fullName(parent)) ?? 0) + 1);
  const unused = [...images].filter(([name]) => !index.users.has(name));
  const first = new Set(unused.slice(0, watchersOf).map(([name]) => name));
  let asked = 0;
  return mapInTurns(unused, 4, async ([name, { size, image }]) => {
    const watchers = first.has(name) ? await watchersNow(cluster, image, index, sessions, signal) : undefined;
    asked += 1;
    report?.({ fraction: asked / unused.length, message: t('looking who has {0} open', name) });
    return { name, size, clones: clones.get(name) ?? 0, watchers };
  });
}

async function watchersNow(
  cluster: CephCluster,
  image: RbdImage,
  index: UsesIndex,
  sessions: readonly HostSession[],
  signal: AbortSignal | undefined,
): Promise<readonly NamedWatcher[] | undefined> {
  try {
    const watchers = await cluster.ask((client) => listRbdWatchers(client, image, { signal }));
    const uses = await joinUses(image, index, { kind: 'known', watchers }, sessions, { signal });
    return uses.watchers.kind === 'known' ? uses.watchers.watchers : undefined;
  } catch (error) {
    if (!(error instanceof Problem) || signal?.aborted === true) throw error;
    return undefined;
  }
}

/** Of images that are gone, whether they are in the trash. */
async function withTrash(
  cluster: CephCluster,
  gone: readonly (readonly [string, readonly ImageUser[]])[],
  places: readonly ReadPlace[],
  wait: UsesOptions,
): Promise<ImageReport['missing']> {
  const inTrash = await mapInTurns(places, 2, async ({ place }) => {
    const isWanted = gone.some(([name]) => name.startsWith(`${nameOfPlace(place)}/`));
    const trash = isWanted
      ? await cluster.ask((client) => listRbdTrash(client, place, wait)).catch(() => [])
      : [];
    return trash.map(({ name }) => fullName({ ...place, image: name }));
  });
  const trashed = new Set(inTrash.flat());
  return gone.map(([name, users]) => ({ name, users, isTrashed: trashed.has(name) }));
}

/** Two places that write to one image destroy its file system, unless the guests know of each other. */
export function isRisky(users: readonly ImageUser[]): boolean {
  const writing = users.filter(({ isReadOnly, snapshot }) => !isReadOnly && snapshot === undefined);
  return writing.length > 0 && users.length > 1 && !writing.every(({ isShareable }) => isShareable);
}
