import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, Problem } from '../../base/errors.ts';
import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { listRbdWatchers, type RbdImage, type RbdWatcher } from '../../ceph/rbd.ts';

/** Whether Ceph sees that a disk was attached. */
export type Opened =
  | { readonly kind: 'open'; readonly address: string }
  | { readonly kind: 'not-seen' }
  | { readonly kind: 'unknown'; readonly reason: string };

const lookEveryMs = 300;
const enoughLooks = 10;

/** Waits until the image has a watcher that it did not have: QEMU has opened it for writing. */
export async function untilOpened(
  client: CephClient,
  image: RbdImage,
  before: readonly RbdWatcher[],
  options: WaitOptions = {},
): Promise<Opened> {
  const known = new Set(before.map(({ client: id }) => id));
  try {
    for (let look = 0; look < enoughLooks; look += 1) {
      if (look > 0) await waitFor(sleep(lookEveryMs), options, () => '');
      const watchers = await listRbdWatchers(client, image, options);
      const fresh = watchers.find(({ client: id }) => !known.has(id));
      if (fresh) return { kind: 'open', address: fresh.address };
    }
    return { kind: 'not-seen' };
  } catch (error) {
    if (!(error instanceof Problem) || options.signal?.aborted === true) throw error;
    return { kind: 'unknown', reason: messageOf(error) };
  }
}
