import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors } from './monitors.ts';

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
  return auth_dump.map(({ entity, caps }) => ({ entity, caps: new Map(Object.entries(caps)) }));
}

/** The key of a user, in base64: for a secret or a keyring, never for a text. ENOENT when there is no such user. */
export async function getCephKey(client: CephClient, entity: string, options?: WaitOptions): Promise<string> {
  const { key } = (await askMonitors(client, ['auth', 'get-key', entity], options)) as {
    readonly key: string;
  };
  return key;
}
