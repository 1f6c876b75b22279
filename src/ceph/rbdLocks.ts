import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph, runCeph } from './cephProgram.ts';
import { imageArguments, type RbdImage } from './rbd.ts';

/** Who says that an image is theirs. */
export interface RbdLock {
  /** `auto 140539852769616` of a writer with the feature exclusive-lock; of others what a person has typed. */
  readonly id: string;
  /** `client.4182`, a session of the cluster. */
  readonly locker: string;
  /** `10.10.0.11:0/2119975068` */
  readonly address: string;
}

export async function listRbdLocks(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<readonly RbdLock[]> {
  const locks = (await askCeph(client, 'rbd', ['lock', 'ls', ...imageArguments(image)], options)) as
    readonly RbdLock[] | undefined;
  return (locks ?? []).map(({ id, locker, address }) => ({ id, locker, address }));
}

/** Whether librbd has taken the lock by itself, to write. */
export function isAutomaticLock({ id }: RbdLock): boolean {
  return /^auto \d+$/.test(id);
}

/**
 * Breaks a lock. Ceph then refuses its holder every further access to the cluster: it is put on the blocklist, see
 * rbd_blocklist_on_break_lock. Rejects with ENOENT when there is no such lock any more.
 */
export async function breakRbdLock(
  client: CephClient,
  image: RbdImage,
  { id, locker }: Pick<RbdLock, 'id' | 'locker'>,
  options?: WaitOptions,
): Promise<void> {
  // What follows `--` is never an option, whatever the id begins with.
  await runCeph(client, 'rbd', ['lock', 'rm', ...imageArguments(image), '--', id, locker], options);
}
