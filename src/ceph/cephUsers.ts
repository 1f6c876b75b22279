import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { inCapOrder } from './cephCaps.ts';
import { Errno, isCephError, isLoginError } from './cephError.ts';
import { askMonitors, tellMonitors } from './monitors.ts';

/** Somebody, or a daemon, that logs in to a cluster. Its key is not part of this: see {@link getCephKey}. */
export interface CephUser {
  /** `client.libvirt`, `osd.0`, `mgr.ceph1` ... */
  readonly entity: string;
  /** By kind of daemon: `mon` -> `profile rbd`. */
  readonly caps: ReadonlyMap<string, string>;
}

interface AuthJson {
  readonly entity: string;
  readonly key: string;
  readonly caps: Readonly<Record<string, string>>;
}

/** What `ceph auth ls` tells, without the keys. */
export async function listCephUsers(client: CephClient, options?: WaitOptions): Promise<readonly CephUser[]> {
  const { auth_dump } = (await askMonitors(client, ['auth', 'ls'], options)) as {
    readonly auth_dump: readonly AuthJson[];
  };
  return auth_dump.map(userOf);
}

function userOf({ entity, caps }: AuthJson): CephUser {
  return { entity, caps: new Map(Object.entries(caps)) };
}

/** undefined when there is no such user. */
export async function getCephUser(
  client: CephClient,
  entity: string,
  options?: WaitOptions,
): Promise<CephUser | undefined> {
  try {
    const [found] = (await askMonitors(client, ['auth', 'get', entity], options)) as readonly AuthJson[];
    return found && userOf(found);
  } catch (error) {
    if (isCephError(error, Errno.ENOENT) && !isLoginError(error)) return undefined;
    throw error;
  }
}

/**
 * Makes a user with a new key. EINVAL when it is there with other capabilities, or these cannot be read; one that has the
 * same is left as it is.
 */
export async function addCephUser(
  client: CephClient,
  entity: string,
  caps: ReadonlyMap<string, string>,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, addCephUserWords(entity, caps), options);
}

/** What one types behind `ceph` for it. */
export function addCephUserWords(entity: string, caps: ReadonlyMap<string, string>): readonly string[] {
  return ['auth', 'add', entity, ...capWords(caps)];
}

/** Gives a user these capabilities in place of all that it has. ENOENT when there is no such user, EINVAL as above. */
export async function setCephCaps(
  client: CephClient,
  entity: string,
  caps: ReadonlyMap<string, string>,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, ['auth', 'caps', entity, ...capWords(caps)], options);
}

function capWords(caps: ReadonlyMap<string, string>): readonly string[] {
  return inCapOrder(caps).flat();
}

/** Removes a user: its key is worth nothing from then on. One that is not there counts as removed. */
export async function removeCephUser(
  client: CephClient,
  entity: string,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, ['auth', 'del', entity], options);
}

/** The key of a user, in base64: for a secret or a keyring, never for a text. ENOENT when there is no such user. */
export async function getCephKey(client: CephClient, entity: string, options?: WaitOptions): Promise<string> {
  const { key } = (await askMonitors(client, ['auth', 'get-key', entity], options)) as {
    readonly key: string;
  };
  return key;
}
