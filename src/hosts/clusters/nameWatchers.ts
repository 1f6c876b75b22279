import type { RbdWatcher } from '../../ceph/rbd.ts';
import type { HostSession } from '../hostSession.ts';
import { addressOfClient, isLoopback } from './hostAddresses.ts';
import { isWatching, type ImageUser } from './imageUser.ts';

/** Whom a watcher stands for. */
export type WatcherHolder =
  | { readonly kind: 'domain'; readonly user: ImageUser }
  /** Several running domains use the image from that address. */
  | { readonly kind: 'one-of'; readonly users: readonly ImageUser[] }
  /** The address is a connected host's, and no domain there uses the image: another program, or one that has crashed. */
  | { readonly kind: 'host'; readonly sessions: readonly HostSession[] }
  /** The address is of no connected host. `perhaps`: running domains that no other watcher stands for. */
  | { readonly kind: 'stranger'; readonly perhaps: readonly ImageUser[] };

export interface NamedWatcher {
  readonly watcher: RbdWatcher;
  /** `10.0.0.5` */
  readonly address: string;
  readonly holder: WatcherHolder;
}

/** The addresses of the connected hosts; undefined of one that does not tell. */
export type HostAddresses = ReadonlyMap<HostSession, ReadonlySet<string> | undefined>;

/** Names who has an image open by the address that Ceph sees, and by what the domains there use. */
export function nameWatchers(
  watchers: readonly RbdWatcher[],
  users: readonly ImageUser[],
  hosts: HostAddresses,
): readonly NamedWatcher[] {
  const watching = users.filter(isWatching);
  const placed = watchers.map((watcher) => {
    const address = addressOfClient(watcher.address);
    return { watcher, address, sessions: sessionsAt(address, hosts) };
  });
  const seen = new Set(placed.flatMap(({ sessions }) => sessions));
  const unseen = watching.filter(({ session }) => !seen.has(session));
  return placed.map(({ watcher, address, sessions }) => {
    const candidates = onePerDomain(watching.filter(({ session }) => sessions.includes(session)));
    const [only] = candidates;
    const holder: WatcherHolder =
      only && candidates.length === 1
        ? { kind: 'domain', user: only }
        : only
          ? { kind: 'one-of', users: candidates }
          : sessions.length > 0
            ? { kind: 'host', sessions }
            : { kind: 'stranger', perhaps: onePerDomain(unseen) };
    return { watcher, address, holder };
  });
}

/** A loopback address is everybody's own: it can be any host. */
function sessionsAt(address: string, hosts: HostAddresses): readonly HostSession[] {
  if (isLoopback(address)) return [...hosts.keys()];
  return [...hosts].filter(([, addresses]) => addresses?.has(address) === true).map(([session]) => session);
}

function onePerDomain(users: readonly ImageUser[]): readonly ImageUser[] {
  return [...new Map(users.map((user) => [`${user.session.name}/${user.domain.uuid}`, user])).values()];
}
