import { CodedProblem, messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { MonitorInfo } from '../../ceph/clusterStatus.ts';
import type { RbdPlace } from '../../ceph/rbd.ts';
import { refreshPool, startPool } from '../../libvirt/storagePools.ts';
import type { KnownRbdPool } from '../../rules/hostKnowledge.ts';
import type { HostSession } from '../hostSession.ts';
import type { PoolEntry } from '../inventory/pools.ts';
import type { CephCluster } from './cephCluster.ts';

/** A storage pool of libvirt whose volumes are the images of a pool of Ceph. */
export interface PoolOver {
  readonly session: HostSession;
  readonly pool: KnownRbdPool;
  readonly entry: PoolEntry;
}

/** The storage pools that lie over a pool of Ceph, on all connected hosts. */
export async function poolsOver(
  cluster: CephCluster,
  { pool, namespace }: RbdPlace,
  sessions: readonly HostSession[],
): Promise<readonly PoolOver[]> {
  const source = namespace === undefined ? pool : `${pool}/${namespace}`;
  return (await poolsOverCluster(cluster, sessions)).filter((one) => one.pool.cephPool === source);
}

/** The storage pools over any pool of the cluster. */
export async function poolsOverCluster(
  cluster: CephCluster,
  sessions: readonly HostSession[],
): Promise<readonly PoolOver[]> {
  const monitors = await cluster.monitors.get().catch(() => []);
  const found = await Promise.all(
    sessions.map(async (session) => {
      const host = session.connected;
      const known = await host?.knowledge.basics();
      const entries = [...(host?.inventory.pools.entries.values() ?? [])];
      return (known?.rbdPools ?? [])
        .filter(({ hosts }) =>
          mayReach(
            hosts.map(({ name }) => name),
            monitors,
          ),
        )
        .flatMap((pool) => {
          const entry = entries.find(({ ref }) => ref.name === pool.name);
          return entry ? [{ session, pool, entry }] : [];
        });
    }),
  );
  return found.flat();
}

/**
 * Whether one of the monitors that a pool or disk names is one of the cluster. One that names none, or names instead of
 * addresses, or a cluster whose monitors cannot be asked, is given the benefit of the doubt.
 */
export function mayReach(names: readonly string[], monitors: readonly MonitorInfo[]): boolean {
  const addresses = new Set(monitors.flatMap((monitor) => monitor.addresses.map(withoutPort)));
  const named = names.map((name) => name.replace(/^\[|\]$/g, ''));
  const areAddresses =
    named.length > 0 && named.every((name) => /^[0-9.]+$/.test(name) || name.includes(':'));
  return (
    addresses.size === 0 || named.length === 0 || !areAddresses || named.some((name) => addresses.has(name))
  );
}

function withoutPort(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

/** Storage pools could not be refreshed. */
export class PoolsOverProblem extends CodedProblem<'not-refreshed'> {}

/** libvirt's limit for a silent cluster is 30 s; thousands of images take some seconds as well. */
const timeoutMs = 180_000;

/**
 * Has libvirt list again what is in a pool of Ceph, on every connected host: it does not notice by itself. A pool that
 * was active stays so: libvirt stops one that it fails to refresh.
 */
export async function refreshPoolsOver(
  cluster: CephCluster,
  place: RbdPlace,
  sessions: readonly HostSession[],
  options: WaitOptions = {},
): Promise<void> {
  const active = (await poolsOver(cluster, place, sessions)).filter(({ entry }) => entry.active);
  const wait = { timeoutMs, ...options };
  const failed = await Promise.all(
    active.map(async ({ session, entry: { ref } }) => {
      const { connection, knowledge, inventory } = session.require();
      try {
        await refreshPool(connection, ref, wait);
        return [];
      } catch (error) {
        await startPool(connection, ref, wait).catch(() => undefined);
        return [{ name: t('{0} on {1}', ref.name, session.name), error }];
      } finally {
        knowledge.volumesChanged(ref.uuid);
        void inventory.pools.load();
      }
    }),
  );
  const [first] = failed.flat();
  if (!first) return;
  throw new PoolsOverProblem(
    'not-refreshed',
    t('The storage pool {0} could not be refreshed: {1}', first.name, messageOf(first.error)),
    {
      cause: first.error,
      raw: first.error instanceof Problem ? first.error.raw : undefined,
      advice: t('Its list of volumes may be out of date. Refresh it when Ceph answers.'),
    },
  );
}
