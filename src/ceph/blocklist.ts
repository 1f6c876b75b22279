import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { Errno, isCephError } from './cephError.ts';
import { tellMonitors } from './monitors.ts';

/** How long Ceph keeps a client out, in seconds: its own default. */
const seconds = 3600;

/**
 * Shuts a client out of the whole cluster for an hour: what it has open is closed for it, and a domain that still runs
 * gets I/O errors on all its RBD disks. Needs `mon 'allow rw'` or `profile rbd`.
 * @param address as Ceph calls the client: `10.0.0.5:0/3245`
 */
export async function blockClient(client: CephClient, address: string, options?: WaitOptions): Promise<void> {
  try {
    await tellMonitors(client, ['osd', 'blocklist', 'add', address, String(seconds)], options);
  } catch (error) {
    // The command's name before Ceph 16.
    if (!isCephError(error, Errno.EINVAL)) throw error;
    await tellMonitors(client, ['osd', 'blacklist', 'add', address, String(seconds)], options);
  }
}

/** Lets it in again. What it had open stays closed for it. */
export async function unblockClient(
  client: CephClient,
  address: string,
  options?: WaitOptions,
): Promise<void> {
  try {
    await tellMonitors(client, ['osd', 'blocklist', 'rm', address], options);
  } catch (error) {
    if (!isCephError(error, Errno.EINVAL)) throw error;
    await tellMonitors(client, ['osd', 'blacklist', 'rm', address], options);
  }
}
