import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors } from './monitors.ts';

/** The state of each placement group of a pool: `active+clean`, `creating+peering`; none while Ceph does not know it yet. */
export async function listGroupStates(
  client: CephClient,
  pool: string,
  options?: WaitOptions,
): Promise<readonly string[]> {
  const { pg_stats = [] } = (await askMonitors(client, ['pg', 'ls-by-pool', pool], options)) as {
    readonly pg_stats?: readonly { readonly state: string }[];
  };
  return pg_stats.map(({ state }) => state);
}
