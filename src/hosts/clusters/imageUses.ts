import { messageOf, Problem } from '../../base/errors.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { listRbdWatchers, type RbdImage, type RbdWatcher } from '../../ceph/rbd.ts';
import type { HostSession } from '../hostSession.ts';
import type { CephCluster } from './cephCluster.ts';
import { readHostAddresses } from './hostAddresses.ts';
import { fullName, type ImageUser } from './imageUser.ts';
import { nameWatchers, type HostAddresses, type NamedWatcher } from './nameWatchers.ts';
import { poolsOver } from './poolsOver.ts';
import { indexUses, type Unseen, type UsesIndex, type UsesOptions } from './usesIndex.ts';

/** A volume of one of libvirt's pools that is the image. */
export interface ImageVolume {
  readonly session: HostSession;
  readonly pool: string;
  readonly name: string;
  /** libvirt lists it; where not, the pool is to be refreshed. undefined: not known yet. */
  readonly isListed: boolean | undefined;
}

export type KnownWatchers =
  | { readonly kind: 'known'; readonly watchers: readonly NamedWatcher[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Who uses an image, as far as the connected hosts and Ceph tell. */
export interface ImageUses {
  readonly image: RbdImage;
  readonly users: readonly ImageUser[];
  readonly watchers: KnownWatchers;
  readonly unseen: readonly Unseen[];
}

export interface ImageQuestion {
  readonly image: RbdImage;
  /** By whom Ceph is asked for the watchers. */
  readonly client: CephClient;
  /** undefined: where it is not known, domains that name an image of this name in another cluster count too. */
  readonly cluster: CephCluster | undefined;
  readonly sessions: readonly HostSession[];
}

/**
 * Joins the image's watchers with the domains of all connected hosts that name it. Of running domains their definitions
 * count, unless a watcher cannot be explained by them, or `options.live` says to read all that runs.
 */
export async function readImageUses(question: ImageQuestion, options: UsesOptions = {}): Promise<ImageUses> {
  const { image, client, cluster, sessions } = question;
  const [watchers, index] = await Promise.all([
    askWatchers(client, image, options),
    indexUses(cluster, sessions, options),
  ]);
  const first = await joinUses(image, index, watchers, sessions, options);
  if (options.live === true || !hasUnexplained(first)) return first;
  const all = await indexUses(cluster, sessions, { ...options, live: true });
  return joinUses(image, all, watchers, sessions, options);
}

/** Asked Ceph once for all of them, see `rbd status`. */
type AskedWatchers =
  | { readonly kind: 'known'; readonly watchers: readonly RbdWatcher[] }
  | { readonly kind: 'unknown'; readonly reason: string };

async function askWatchers(
  client: CephClient,
  image: RbdImage,
  { signal, timeoutMs }: UsesOptions,
): Promise<AskedWatchers> {
  try {
    return { kind: 'known', watchers: await listRbdWatchers(client, image, { signal, timeoutMs }) };
  } catch (error) {
    if (!(error instanceof Problem) || signal?.aborted === true) throw error;
    return { kind: 'unknown', reason: messageOf(error) };
  }
}

/** What is known already of who uses an image, and its watchers by name. */
export async function joinUses(
  image: RbdImage,
  { users: byName, unseen }: UsesIndex,
  asked: AskedWatchers,
  sessions: readonly HostSession[],
  options: UsesOptions = {},
): Promise<ImageUses> {
  const users = byName.get(fullName(image)) ?? [];
  if (asked.kind === 'unknown') return { image, users, watchers: asked, unseen };
  const hosts = asked.watchers.length === 0 ? new Map() : await addressesOf(sessions, options);
  const watchers = nameWatchers(asked.watchers, users, hosts);
  return { image, users, watchers: { kind: 'known', watchers }, unseen };
}

async function addressesOf(
  sessions: readonly HostSession[],
  { signal }: UsesOptions,
): Promise<HostAddresses> {
  const entries = await Promise.all(
    sessions.flatMap((session) => {
      const host = session.connected;
      if (!host) return [];
      // One that does not tell explains no watcher; the others still do.
      return [
        readHostAddresses(host, { signal }).then(
          (addresses) => [session, addresses] as const,
          () => [session, undefined] as const,
        ),
      ];
    }),
  );
  return new Map(entries);
}

/** A disk that was attached to a running domain alone is in no definition. */
function hasUnexplained({ watchers }: ImageUses): boolean {
  return (
    watchers.kind === 'known' &&
    watchers.watchers.some(({ holder }) => holder.kind === 'host' || holder.kind === 'stranger')
  );
}

/** The running domains that have the image open: those of its watchers, and those that only read. */
export function openUsers({ users }: ImageUses): readonly ImageUser[] {
  return users.filter(({ isRunning }) => isRunning);
}

/** The watchers that no domain of a connected host stands for. */
export function strangeWatchers({ watchers }: ImageUses): readonly NamedWatcher[] {
  if (watchers.kind === 'unknown') return [];
  return watchers.watchers.filter(({ holder }) => holder.kind === 'host' || holder.kind === 'stranger');
}

/** The volumes of libvirt's pools, on all connected hosts, that are the image. */
export async function volumesOf(
  cluster: CephCluster,
  image: RbdImage,
  sessions: readonly HostSession[],
): Promise<readonly ImageVolume[]> {
  const pools = await poolsOver(cluster, image, sessions);
  return pools
    .filter(({ entry }) => entry.active)
    .map(({ session, pool: { name: pool } }) => {
      const known = session.connected?.knowledge.current;
      const isListed =
        known?.listedPools?.has(pool) === true
          ? known.volumes?.some((volume) => volume.pool === pool && volume.name === image.image) === true
          : undefined;
      return { session, pool, name: image.image, isListed };
    });
}
