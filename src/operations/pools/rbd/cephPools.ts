import type { WaitOptions } from '../../../base/waiting.ts';
import { askCeph } from '../../../ceph/cephProgram.ts';
import type { Transport } from '../../../transport/transport.ts';

export interface CephPool {
  readonly name: string;
  /** Whether Ceph has it noted for RBD images (`ceph osd pool application enable`). */
  readonly isForRbd: boolean;
}

interface PoolJson {
  readonly pool_name: string;
  readonly application_metadata?: Readonly<Record<string, unknown>>;
}

const timeoutMs = 12_000;

/** The pools of the cluster, as the host's own ceph.conf and admin keyring tell. Rejects where that does not work. */
export async function listCephPools(
  transport: Transport,
  options?: WaitOptions,
): Promise<readonly CephPool[]> {
  const access = {
    monitors: [],
    clientId: undefined,
    key: undefined,
    configFile: undefined,
    settings: new Map([['client_mount_timeout', '8']]),
  };
  const args = ['osd', 'pool', 'ls', 'detail', '--connect-timeout', '8'];
  const pools = (await askCeph({ transport, access }, 'ceph', args, {
    timeoutMs,
    ...options,
  })) as readonly PoolJson[];
  return pools.map(({ pool_name: name, application_metadata: uses }) => ({
    name,
    isForRbd: uses !== undefined && 'rbd' in uses,
  }));
}
