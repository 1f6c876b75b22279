import { messageOf } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { isLoginError } from '../../ceph/cephError.ts';
import { getFsid } from '../../ceph/clusterStatus.ts';
import { cephClientOfPool } from '../../operations/volumes/cephClientOf.ts';
import { readPool } from '../../operations/volumes/rbdVolume.ts';
import type { ConnectedHost, HostSession } from '../hostSession.ts';
import { presetIdentity } from './cephArguments.ts';
import { readCephOnHost, type CephKeyring, type CephOnHost } from './cephOnHost.ts';
import type { ClusterRoute } from './clusterRoute.ts';
import { isPathLike, type CephConfiguration } from './configuration.ts';
import type { Hindrance } from './hindrance.ts';

/** What tells which cluster it is. */
export interface ClusterMark {
  /** undefined where it is neither written nor to be asked now. */
  readonly fsid: string | undefined;
  /** Names and addresses of its monitors. */
  readonly monitors: readonly string[];
  readonly clusterName: string;
}

/** A way to a cluster. */
export interface FoundRoute extends ClusterMark {
  readonly route: ClusterRoute;
}

/** A cluster that the host is a client of. */
export interface FoundCluster extends ClusterMark {
  /** The configuration that names it; undefined where only storage pools of libvirt do. */
  readonly configuration: CephConfiguration | undefined;
  /** Why it cannot be reached from this host by a keyring of the host; undefined when it can. */
  readonly hindrance: Hindrance | undefined;
}

/** What was found of Ceph on one host. */
export interface FoundCeph {
  readonly onHost: CephOnHost;
  readonly clusters: readonly FoundCluster[];
  readonly routes: readonly FoundRoute[];
  /** There is something of Ceph that cannot even tell which cluster it is for. */
  readonly hindrance: Hindrance | undefined;
}

interface Place {
  readonly session: HostSession;
  readonly host: ConnectedHost;
  readonly onHost: CephOnHost;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Looks which clusters a host is a client of, and as whom: by the configurations and keyrings in /etc/ceph, and as the
 * users that the storage pools of its libvirt log in as. Ceph is asked for its fsid only where nothing else tells it.
 */
export async function findRoutes(
  session: HostSession,
  host: ConnectedHost,
  log: Log,
  signal: AbortSignal,
): Promise<FoundCeph> {
  const onHost = await readCephOnHost(host.transport, { signal });
  const place: Place = { session, host, onHost, log, signal };
  const hasPrograms = onHost.programs.has('ceph') || onHost.programs.has('rbd');
  const [configured, pooled] = await Promise.all([
    Promise.all(
      onHost.configurations.map((configuration) => byConfiguration(place, configuration, hasPrograms)),
    ),
    byPools(place, hasPrograms),
  ]);
  const known = configured.map(({ cluster }) => cluster);
  return {
    onHost,
    clusters: [...known, ...pooled.map(({ cluster }) => cluster)],
    routes: [...configured, ...pooled].flatMap(({ routes }) => routes),
    hindrance:
      known.length === 0 && onHost.unreadable.length > 0
        ? { kind: 'unreadable', session, user: onHost.user, files: onHost.unreadable }
        : undefined,
  };
}

interface Found {
  readonly cluster: FoundCluster;
  readonly routes: readonly FoundRoute[];
}

async function byConfiguration(
  place: Place,
  configuration: CephConfiguration,
  hasPrograms: boolean,
): Promise<Found> {
  const identities = hasPrograms ? identitiesFor(configuration, place.onHost) : [];
  const routes = identities.map((identity) => configuredRoute(place, configuration, identity));
  const { monitors, clusterName } = configuration;
  const mark = { fsid: configuration.fsid ?? (await firstFsid(place, routes)), monitors, clusterName };
  return {
    cluster: { ...mark, configuration, hindrance: hindranceOf(place, configuration, hasPrograms, routes) },
    routes: routes.map((route) => ({ ...mark, route })),
  };
}

function hindranceOf(
  { session, onHost: { user, unreadable } }: Place,
  configuration: CephConfiguration,
  hasPrograms: boolean,
  routes: readonly ClusterRoute[],
): Hindrance | undefined {
  if (!hasPrograms) return { kind: 'no-programs', session, user };
  if (routes.length > 0) return undefined;
  const files = unreadable.filter(({ path }) => !path.endsWith('.conf') && isOf(configuration, path));
  if (files.length > 0) return { kind: 'unreadable', session, user, files };
  return { kind: 'no-key', session, user, configuration: configuration.path };
}

interface Identity {
  readonly clientId: string;
  readonly keyring: string | undefined;
  readonly viaSudo: boolean;
  readonly isPreset: boolean;
}

/** The users whose keys are on the host for the cluster of this configuration. */
function identitiesFor(
  configuration: CephConfiguration,
  { keyrings, args }: CephOnHost,
): readonly Identity[] {
  const preset = presetIdentity(args);
  const isForThis =
    (preset?.configuration ?? configuration.path) === configuration.path &&
    (preset?.clusterName ?? configuration.clusterName) === configuration.clusterName;
  const isPreset = ({ clientId }: Pick<Identity, 'clientId'>, path: string): boolean =>
    isForThis && clientId === preset?.clientId && (preset.keyring ?? path) === path;
  const found = keyrings
    .filter(({ path }) => isOf(configuration, path))
    .flatMap((keyring) =>
      clientsIn(keyring).map((clientId) => ({
        clientId,
        keyring: keyring.path,
        viaSudo: keyring.viaSudo || configuration.viaSudo,
        isPreset: isPreset({ clientId }, keyring.path),
      })),
    );
  if (!preset || !isForThis || found.some((identity) => identity.isPreset)) return found;
  const { clientId, keyring } = preset;
  return [{ clientId, keyring, viaSudo: configuration.viaSudo, isPreset: true }, ...found];
}

/** Whether Ceph takes a keyring for that cluster: by its name, or because the configuration says so. */
function isOf({ clusterName, keyrings }: CephConfiguration, path: string): boolean {
  const [, folder = '', file = ''] = /^(.*)\/([^/]*)$/s.exec(path) ?? [];
  if (folder === '/etc/ceph' && (file.startsWith(`${clusterName}.`) || file === 'keyring')) return true;
  return keyrings.some((pattern) => isPathLike(pattern, path));
}

function clientsIn({ entities }: CephKeyring): readonly string[] {
  return entities.flatMap((entity) => /^client\.(.+)$/s.exec(entity)?.[1] ?? []);
}

/** A way by an identity of the host for the cluster of a configuration. */
export function configuredRoute(
  { session, host, onHost }: Pick<Place, 'session' | 'host' | 'onHost'>,
  { path, clusterName }: CephConfiguration,
  { clientId, keyring, viaSudo, isPreset }: Identity,
): ClusterRoute {
  return {
    session,
    clientId,
    from: { kind: 'configuration', path, keyring },
    lacksCeph: !onHost.programs.has('ceph'),
    isPreset,
    client: {
      transport: host.transport,
      access: {
        monitors: [],
        clientId,
        key: undefined,
        keyring,
        viaSudo,
        clusterName: clusterName === 'ceph' ? undefined : clusterName,
        configFile: path,
        settings: new Map(),
      },
    },
  };
}

/** Of the cluster that the ways lead to; undefined where none of them leads there now. */
async function firstFsid(
  { session, log, signal }: Place,
  routes: readonly ClusterRoute[],
): Promise<string | undefined> {
  for (const route of routes.filter(({ lacksCeph }) => !lacksCeph)) {
    try {
      return await getFsid(route.client, { signal });
    } catch (error) {
      log.info(`${session.name}: client.${route.clientId}: ${messageOf(error)}`);
      if (!isLoginError(error)) break;
    }
  }
  return undefined;
}

/** The clusters that storage pools of libvirt lie over; one way for each login. */
async function byPools(place: Place, hasPrograms: boolean): Promise<readonly Found[]> {
  const { session, host, onHost, log } = place;
  const pools = (await host.knowledge.basics())?.rbdPools ?? [];
  const logins = new Map(pools.map((pool) => [JSON.stringify([pool.hosts, pool.auth]), pool]));
  const found = await Promise.all(
    [...logins.values()].map(async ({ name, hosts }): Promise<readonly Found[]> => {
      try {
        const monitors = hosts.map((monitor) => monitor.name.toLowerCase());
        const configuration = onHost.configurations.find((one) =>
          one.monitors.some((monitor) => monitors.includes(monitor)),
        );
        const route = hasPrograms ? await poolRoute(place, name) : undefined;
        const fsid = configuration?.fsid ?? (route && (await firstFsid(place, [route])));
        const mark = { fsid, monitors, clusterName: configuration?.clusterName ?? 'ceph' };
        const hindrance: Hindrance | undefined = hasPrograms
          ? undefined
          : { kind: 'no-programs', session, user: onHost.user };
        return [
          {
            cluster: { ...mark, configuration: undefined, hindrance },
            routes: route ? [{ ...mark, route }] : [],
          },
        ];
      } catch (error) {
        log.info(`${session.name}: ${name}: ${messageOf(error)}`);
        return [];
      }
    }),
  );
  return found.flat();
}

async function poolRoute({ session, host, onHost, signal }: Place, pool: string): Promise<ClusterRoute> {
  const client = await cephClientOfPool(host, await readPool(host, pool, { signal }), { signal });
  return {
    session,
    client,
    clientId: client.access.clientId ?? 'admin',
    from: { kind: 'pool', pool },
    lacksCeph: !onHost.programs.has('ceph'),
    isPreset: false,
  };
}
