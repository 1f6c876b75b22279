import { randomUUID } from 'node:crypto';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { parsePool, type PoolModel } from '../../libvirt/model/storagePool.ts';
import type { PoolRef, SecretRef } from '../../libvirt/protocol/refs.ts';
import { SecretUsageType } from '../../libvirt/protocol/secret.ts';
import { listSecrets } from '../../libvirt/secrets.ts';
import { getPoolXml, listPools } from '../../libvirt/storagePools.ts';
import { ListPools } from '../../libvirt/protocol/storagePool.ts';
import type { PlanHost } from '../plan/planHost.ts';
import { SecretProblem } from '../secrets/secretProblem.ts';
import { poolTaken, PoolProblem } from '../pools/poolProblem.ts';
import { isOfCluster } from './monitorsOfPool.ts';
import type { PoolConnection } from './poolConnection.ts';

/** What a host has already of a connection, and what it is to have. */
export interface HostSide {
  readonly host: PlanHost;
  /** libvirt's pool over the Ceph pool; undefined: there is none. */
  readonly pool: DefinedPool | undefined;
  readonly poolName: string;
  readonly secret: { readonly uuid: string; readonly usage: string };
}

interface DefinedPool {
  readonly ref: PoolRef;
  readonly xml: string;
  readonly model: PoolModel;
}

/** @returns one for each host, and the UUIDs of the secrets where they cannot be one and the same */
export async function readHostSides(
  connection: PoolConnection,
  options?: WaitOptions,
): Promise<readonly HostSide[]> {
  const found = await Promise.all(connection.hosts.map((host) => look(host, connection, options)));
  const uuid = mostFrequent(found.flatMap(({ own }) => own ?? [])) ?? randomUUID();
  return found.map(({ host, pool, own, secrets }) => {
    const chosen = own ?? uuid;
    const usage = secrets.find((secret) => secret.uuid === chosen)?.usageId ?? connection.secretUsage;
    return { host, pool, poolName: pool?.model.name ?? connection.poolName, secret: { uuid: chosen, usage } };
  });
}

interface Found {
  readonly host: PlanHost;
  readonly pool: DefinedPool | undefined;
  /** The UUID of the secret that its pool names, or that is for this use. */
  readonly own: string | undefined;
  readonly secrets: readonly SecretRef[];
}

async function look(host: PlanHost, wanted: PoolConnection, options?: WaitOptions): Promise<Found> {
  const [pools, secrets] = await Promise.all([
    readRbdPools(host, options),
    listSecrets(host.connection, 0, options),
  ]);
  const isOver = ({ model }: DefinedPool): boolean =>
    model.sourceName === wanted.cephPool && isOfCluster(model.hosts, wanted.cluster.monitors) !== false;
  const pool = pools.find((one) => isOver(one) && one.model.name === wanted.poolName) ?? pools.find(isOver);
  if (!pool) await refuseTaken(host, wanted.poolName, options);
  return { host, pool, secrets, own: secretOf({ host, pool, pools, secrets }, wanted) };
}

/** That of the pool itself, else of another pool by which this user logs in to the cluster, else the one of that name. */
function secretOf(
  { host, pool, pools, secrets }: Omit<Found, 'own'> & { readonly pools: readonly DefinedPool[] },
  { user, secretUsage, cluster }: PoolConnection,
): string | undefined {
  const ofUsage = (usage: string | undefined): string | undefined =>
    secrets.find(({ usageType, usageId }) => usageType === SecretUsageType.ceph && usageId === usage)?.uuid;
  const ofPool = ({ model: { auth } }: DefinedPool): string | undefined =>
    auth?.username === user ? (auth.secret.uuid ?? ofUsage(auth.secret.usage)) : undefined;
  const others = pools.filter(({ model }) => isOfCluster(model.hosts, cluster.monitors) === true);
  const [known] = [...(pool ? [pool] : []), ...others].flatMap((one) => ofPool(one) ?? []);
  if (known !== undefined) return known;
  const named = ofUsage(secretUsage);
  const stranger = pools.find(
    ({ model: { auth, hosts } }) =>
      named !== undefined &&
      (auth?.secret.uuid === named || auth?.secret.usage === secretUsage) &&
      isOfCluster(hosts, cluster.monitors) === false,
  );
  if (!stranger) return named;
  throw new SecretProblem(
    'usage-taken',
    t(
      'The secret {0} on {1} is for another cluster: the pool {2} logs in with it.',
      secretUsage,
      host.name,
      stranger.model.name,
    ),
    { advice: t('Give the secret another name.') },
  );
}

async function readRbdPools(
  { connection }: PlanHost,
  options?: WaitOptions,
): Promise<readonly DefinedPool[]> {
  const refs = await listPools(connection, ListPools.rbd, options);
  return Promise.all(
    refs.map(async (ref) => {
      const xml = await getPoolXml(connection, ref, { ...options, inactive: true });
      return { ref, xml, model: await parsePool(xml) };
    }),
  );
}

async function refuseTaken(
  { name, connection }: PlanHost,
  pool: string,
  options?: WaitOptions,
): Promise<void> {
  if ((await listPools(connection, 0, options)).some((ref) => ref.name === pool))
    throw new PoolProblem(...poolTaken(pool, name));
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
