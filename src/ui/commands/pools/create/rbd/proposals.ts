import { TimeoutError } from '../../../../../base/errors.ts';
import { t } from '../../../../../base/l10n.ts';
import { waitFor } from '../../../../../base/waiting.ts';
import type { CephPool } from '../../../../../ceph/cephPools.ts';
import type { ConnectedHost } from '../../../../../hosts/hostSession.ts';
import type { StorageServer } from '../../../../../operations/pools/newPool.ts';
import { formatServers } from '../../../../../operations/pools/rbd/monitorList.ts';
import type { HostKnowledge, KnownRbdPool } from '../../../../../rules/hostKnowledge.ts';
import type { Choice } from '../../../../prompts/askPick.ts';
import type { PoolSite } from '../poolSite.ts';

const timeoutMs = 3000;

interface PoolElsewhere {
  readonly hostName: string;
  readonly pool: KnownRbdPool;
}

/** The pools of RBD images that this host has, then those of the other connected hosts, as far as they are read. */
async function knownPools({ hosts }: PoolSite): Promise<readonly PoolElsewhere[]> {
  const all = await Promise.all(
    hosts.map(async ({ name: hostName, connected }) => {
      const known = connected && (await basicsInTime(connected));
      return (known?.rbdPools ?? []).map((pool) => ({ hostName, pool }));
    }),
  );
  return all.flat();
}

/** Storage that hangs on one host must not hold up a question about another. */
async function basicsInTime({ knowledge }: ConnectedHost): Promise<HostKnowledge | undefined> {
  try {
    return await waitFor(knowledge.basics(), { timeoutMs }, () => '');
  } catch (error) {
    if (error instanceof TimeoutError) return undefined;
    throw error;
  }
}

/** From the host's ceph.conf, and from pools that are there already. */
export async function monitorChoices(site: PoolSite): Promise<readonly Choice<string>[]> {
  const [{ monitors }, pools] = await Promise.all([site.ceph(), knownPools(site)]);
  return gather([
    ...(monitors.length === 0
      ? []
      : [[formatServers(monitors), t('/etc/ceph/ceph.conf on {0}', site.name)] as const]),
    ...pools
      .filter(({ pool }) => pool.hosts.length > 0)
      .map(({ pool, hostName }) => [formatServers(pool.hosts), sourceOf(pool, hostName)] as const),
  ]);
}

function isForRbd({ applications }: CephPool): boolean {
  return applications.includes('rbd');
}

/** What Ceph lists, where the host may ask it; else what other pools on these monitors use. */
export async function cephPoolChoices(
  site: PoolSite,
  servers: readonly StorageServer[],
): Promise<readonly Choice<string>[]> {
  const elsewhere = (await knownPools(site)).filter(({ pool }) => sharesServer(pool.hosts, servers));
  const uses = elsewhere.map(({ pool, hostName }) => [pool.cephPool, sourceOf(pool, hostName)] as const);
  try {
    const isThisCluster = sharesServer((await site.ceph()).monitors, servers);
    const listed = isThisCluster ? await site.cephPools() : [];
    const all = [...listed].sort((a, b) => Number(isForRbd(b)) - Number(isForRbd(a)));
    return gather([
      ...all.map((pool) => [pool.name, isForRbd(pool) ? '' : t('not for RBD')] as const),
      ...uses,
    ]);
  } catch (error) {
    if (uses.length === 0) throw error;
    return gather(uses);
  }
}

/** The users of other pools on these monitors, those of whom the host has a keyring, and the usual one. */
export async function clientChoices(
  site: PoolSite,
  servers: readonly StorageServer[],
): Promise<readonly Choice<string>[]> {
  const [{ keyrings }, pools] = await Promise.all([site.ceph(), knownPools(site)]);
  const users = pools.filter(({ pool }) => sharesServer(pool.hosts, servers));
  return gather([
    ...users.flatMap(({ pool, hostName }) =>
      pool.auth ? [[pool.auth.username, sourceOf(pool, hostName)] as const] : [],
    ),
    ['libvirt', ''],
    ...[...keyrings].map(
      ([client, file]) =>
        [client, client === 'admin' ? t('{0}; may do anything in the cluster', file) : file] as const,
    ),
  ]);
}

function sourceOf({ name }: KnownRbdPool, hostName: string): string {
  return t('pool {0} on {1}', name, hostName);
}

function sharesServer(some: readonly StorageServer[], others: readonly StorageServer[]): boolean {
  return some.some(({ name }) => others.some((other) => other.name === name));
}

/** One entry for each value, with all that it comes from. */
function gather(found: readonly (readonly [value: string, source: string])[]): readonly Choice<string>[] {
  const sources = new Map<string, string[]>();
  for (const [value, source] of found) sources.set(value, [...(sources.get(value) ?? []), source]);
  return [...sources].map(([value, from]) => ({
    label: value,
    value,
    description: from.filter((source) => source !== '').join(', '),
  }));
}
