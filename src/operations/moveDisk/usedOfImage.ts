import { CancelledError, Problem } from '../../base/errors.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { getRbdInfo, type RbdImage } from '../../ceph/rbd.ts';
import { getRbdUsage } from '../../ceph/rbdUsage.ts';

const patienceMs = 20_000;

/**
 * Bytes that have to be copied of an RBD image. undefined where that is not known quickly: without fast-diff, of a clone
 * that shares data with its parent, and where rbd cannot be asked.
 */
export async function usedOfRbdImage(
  client: CephClient,
  image: RbdImage,
  options: WaitOptions = {},
): Promise<number | undefined> {
  const wait = { timeoutMs: patienceMs, ...options };
  try {
    const { features, parent } = await getRbdInfo(client, image, wait);
    if (parent || !features.includes('fast-diff')) return undefined;
    const usage = await getRbdUsage(client, image, wait);
    return usage.reduce((sum, { used }) => sum + used, 0);
  } catch (error) {
    if (!(error instanceof Problem) || error instanceof CancelledError) throw error;
    return undefined;
  }
}
