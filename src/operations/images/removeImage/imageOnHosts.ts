import type { PlanHost } from '../../plan/planHost.ts';

/** A domain that names the image, on a host that can be worked on. */
export interface RemovalUser {
  readonly host: PlanHost;
  readonly domain: { readonly name: string; readonly uuid: string };
  readonly target: string;
  /** `backing`: an image that the disk's own lies over. */
  readonly role: 'disk' | 'backing' | 'mirror';
  readonly isRunning: boolean;
  /** The next start will use it. */
  readonly isDefined: boolean;
  /** It is still there when it does not run. */
  readonly isPersistent: boolean;
}

/** Somebody who has the image open and is no domain that could be shut down. */
export interface StrangeWatcher {
  /** As Ceph calls it: `10.0.0.5:0/3245`. */
  readonly client: string;
  /** For people: `a client at 10.0.0.5 that is no connected host`. */
  readonly words: string;
}

/** Who uses an image, as far as the connected hosts tell. */
export interface ImageOnHosts {
  readonly users: readonly RemovalUser[];
  readonly strangers: readonly StrangeWatcher[];
  /** So many have the image open, domains and others. */
  readonly watchers: number;
  /** Hosts and domains that could not be looked at, for people. */
  readonly unseen: readonly string[];
}

/** `web1 on kvm1` of those that run, each domain once. */
export function runningDomains(users: readonly RemovalUser[]): readonly RemovalUser[] {
  return oneEach(users.filter(({ isRunning }) => isRunning));
}

/** The disks of definitions that can be detached. */
export function definedDisks(users: readonly RemovalUser[]): readonly RemovalUser[] {
  return users.filter(({ isDefined, isPersistent, role }) => isDefined && isPersistent && role === 'disk');
}

function oneEach(users: readonly RemovalUser[]): readonly RemovalUser[] {
  return [...new Map(users.map((user) => [`${user.host.name}/${user.domain.uuid}`, user])).values()];
}
