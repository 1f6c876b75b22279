import { messageOf } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { getFsid } from '../../ceph/clusterStatus.ts';
import { cephClientOfPool } from '../../operations/volumes/cephClientOf.ts';
import { readPool } from '../../operations/volumes/rbdVolume.ts';
import type { ConnectedHost, HostSession } from '../hostSession.ts';
import { readCephOnHost, type CephConfiguration, type CephKeyring, type CephOnHost } from './cephOnHost.ts';
import type { ClusterRoute } from './clusterRoute.ts';

/** A way to a cluster, and what tells which cluster that is. */
export interface FoundRoute {
  /** The fsid; where it cannot be asked, the addresses of the monitors. */
  readonly clusterId: string;
  readonly clusterName: string;
  readonly route: ClusterRoute;
}

/** What was found of Ceph on one host. */
export interface FoundCeph {
  readonly onHost: CephOnHost;
  readonly routes: readonly FoundRoute[];
}

/**
 * Looks which clusters a host is a client of, and as whom: by the configurations and keyrings in /etc/ceph; where there
 * are none, as the users that the storage pools of its libvirt log in as.
 */
export async function findRoutes(
  session: HostSession,
  host: ConnectedHost,
  log: Log,
  signal: AbortSignal,
): Promise<FoundCeph> {
  const onHost = await readCephOnHost(host.transport, { signal });
  if (!onHost.programs.has('ceph') && !onHost.programs.has('rbd')) return { onHost, routes: [] };
  const configured = await Promise.all(
    onHost.configurations.flatMap((configuration) =>
      identitiesFor(configuration, onHost).map((identity) =>
        identify(configuredRoute(session, host, configuration, identity), configuration, log, signal),
      ),
    ),
  );
  const routes = configured.filter((found) => found !== undefined);
  return { onHost, routes: routes.length > 0 ? routes : await routesOfPools(session, host, log, signal) };
}

interface Identity {
  readonly clientId: string;
  readonly keyring: CephKeyring | undefined;
}

/** The users whose keys are on the host for the cluster of this configuration. */
function identitiesFor(
  { clusterName }: CephConfiguration,
  { keyrings, args }: CephOnHost,
): readonly Identity[] {
  const given = /(?:^|\s)(?:--id|--user|-n client\.|--name[= ]client\.)[= ]?(\S+)/.exec(args)?.[1];
  const found = keyrings.flatMap((keyring) => {
    const file = keyring.path.slice(keyring.path.lastIndexOf('/') + 1);
    const isOfCluster = file.startsWith(`${clusterName}.`) || file === 'keyring';
    return isOfCluster
      ? keyring.entities.flatMap((entity) => {
          const clientId = /^client\.(.+)$/s.exec(entity)?.[1];
          return clientId === undefined ? [] : [{ clientId, keyring }];
        })
      : [];
  });
  const named = given === undefined ? [] : found.filter(({ clientId }) => clientId === given);
  if (given !== undefined && named.length === 0) return [{ clientId: given, keyring: undefined }, ...found];
  return [...named, ...found.filter((identity) => !named.includes(identity))];
}

function configuredRoute(
  session: HostSession,
  { transport }: ConnectedHost,
  { path, clusterName }: CephConfiguration,
  { clientId, keyring }: Identity,
): ClusterRoute {
  return {
    session,
    clientId,
    from: { kind: 'configuration', path, keyring: keyring?.path },
    client: {
      transport,
      access: {
        monitors: [],
        clientId,
        key: undefined,
        keyring: keyring?.path,
        viaSudo: keyring?.viaSudo,
        clusterName: clusterName === 'ceph' ? undefined : clusterName,
        configFile: path,
        settings: new Map(),
      },
    },
  };
}

/** Which cluster it is; undefined where a way leads nowhere now. */
async function identify(
  route: ClusterRoute,
  { fsid, clusterName, monitors }: Pick<CephConfiguration, 'fsid' | 'clusterName' | 'monitors'>,
  log: Log,
  signal: AbortSignal,
): Promise<FoundRoute | undefined> {
  if (fsid !== undefined) return { clusterId: fsid, clusterName, route };
  try {
    return { clusterId: await getFsid(route.client, { signal }), clusterName, route };
  } catch (error) {
    log.info(`${route.session.name}: ${messageOf(error)}`);
    return monitors === undefined ? undefined : { clusterId: monitors, clusterName, route };
  }
}

async function routesOfPools(
  session: HostSession,
  host: ConnectedHost,
  log: Log,
  signal: AbortSignal,
): Promise<readonly FoundRoute[]> {
  const pools = (await host.knowledge.basics())?.rbdPools ?? [];
  const logins = new Map(pools.map((pool) => [JSON.stringify([pool.hosts, pool.auth]), pool]));
  const found = await Promise.all(
    [...logins.values()].map(async ({ name, hosts }) => {
      const client = await cephClientOfPool(host, await readPool(host, name, { signal }), { signal });
      const clientId = client.access.clientId ?? 'admin';
      const route: ClusterRoute = { session, clientId, client, from: { kind: 'pool', pool: name } };
      const monitors = hosts.map((monitor) => monitor.name).join(', ');
      return identify(route, { fsid: undefined, clusterName: 'ceph', monitors }, log, signal);
    }),
  );
  return found.filter((one) => one !== undefined);
}
