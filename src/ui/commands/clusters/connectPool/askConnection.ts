import type { HostSession } from '../../../../hosts/hostSession.ts';
import { livePlanHost } from '../../../../hosts/livePlanHost.ts';
import { secretUsageOf } from '../../../../operations/cephUsers/userName.ts';
import { proposePoolName } from '../../../../operations/connectPool/names.ts';
import type { PoolConnection } from '../../../../operations/connectPool/poolConnection.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import { askCephPool } from './askCephPool.ts';
import { askHosts } from './askHosts.ts';
import { askNames, type Names } from './askNames.ts';
import { askUser } from './askUser.ts';
import type { ConnectSite } from './connectSite.ts';

/** What is known before anything is asked. */
export interface GivenConnection {
  readonly cephPool?: string | undefined;
  /** As whom the pool logs in that is to be mended. */
  readonly user?: string | undefined;
  /** undefined: all that are connected. */
  readonly hosts?: readonly HostSession[] | undefined;
}

export async function askConnection(
  ask: Ask,
  site: ConnectSite,
  given: GivenConnection,
): Promise<PoolConnection> {
  const { name: cephPool, order: newPool } =
    given.cephPool === undefined ? await askCephPool(ask, site) : { name: given.cephPool, order: undefined };
  const user = given.user ?? (await askUser(ask, site, cephPool));
  const hosts = await askHosts(ask, site, cephPool, given.hosts);
  const names = await askNames(ask, await proposeNames(site, cephPool, user, hosts), {
    cephPool,
    user,
    hosts,
  });
  return {
    cluster: await site.plannable(),
    ...{ cephPool, newPool, user },
    hosts: hosts.map(livePlanHost),
    ...names,
  };
}

/** As it is called on a host that has it, else after the Ceph pool. */
async function proposeNames(
  site: ConnectSite,
  cephPool: string,
  user: string,
  hosts: readonly HostSession[],
): Promise<Names> {
  const over = await site.over();
  const known = over.find(({ pool }) => pool.cephPool === cephPool);
  const login = over.flatMap(({ pool: { auth }, session }) => {
    if (auth?.username !== user) return [];
    const { secret } = auth;
    if ('usage' in secret) return secret.usage;
    const usage = session.inventory?.secrets.entries.get(secret.uuid)?.ref.usageId ?? '';
    return usage === '' ? [] : usage;
  });
  const taken = new Set(
    hosts.flatMap(({ inventory }) =>
      [...(inventory?.pools.entries.values() ?? [])].map(({ ref }) => ref.name),
    ),
  );
  return {
    poolName: known?.pool.name ?? proposePoolName(cephPool, taken),
    secretUsage: login[0] ?? secretUsageOf(`client.${user}`),
    autostart: true,
  };
}
