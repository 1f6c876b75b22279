import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors } from './monitors.ts';

/**
 * How many placement groups the autoscaler would give each pool, by name, as `ceph osd pool autoscale-status` tells.
 * Rejects for a client that may not ask the manager: `isForbidden()`.
 */
export async function listAutoscaling(
  client: CephClient,
  options?: WaitOptions,
): Promise<ReadonlyMap<string, number>> {
  const words = ['osd', 'pool', 'autoscale-status'];
  const pools = ((await askMonitors(client, words, options)) ?? []) as readonly {
    readonly pool_name: string;
    readonly pg_num_target: number;
    readonly pg_num_final: number;
  }[];
  return new Map(
    pools.map(({ pool_name, pg_num_target, pg_num_final }) => [
      pool_name,
      isWorthIt(pg_num_target, pg_num_final) ? pg_num_final : pg_num_target,
    ]),
  );
}

/** It changes nothing that is less than three times off (`threshold` of the module). */
function isWorthIt(now: number, best: number): boolean {
  return best > now * 3 || best < now / 3;
}
