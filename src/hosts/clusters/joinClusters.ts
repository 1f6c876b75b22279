import type { HostSession } from '../hostSession.ts';
import { configuredRoute, type ClusterMark, type FoundCeph, type FoundCluster } from './findRoutes.ts';
import { isChosen, type ClusterRoute, type RouteChoice } from './clusterRoute.ts';
import type { Hindrance } from './hindrance.ts';
import type { ConnectedHost } from '../hostSession.ts';

/** What was found on a host that is connected. */
export interface LookedAt {
  readonly session: HostSession;
  readonly host: ConnectedHost;
  readonly ceph: FoundCeph;
}

/** A cluster with all ways that lead to it. */
export interface JoinedCluster {
  /** Its fsid; where nobody can tell that, its monitors. */
  readonly id: string;
  readonly name: string;
  /** The hosts that are its clients. */
  readonly sessions: readonly HostSession[];
  readonly routes: readonly ClusterRoute[];
  readonly hindrances: readonly Hindrance[];
}

interface Sighting {
  readonly from: LookedAt;
  readonly cluster: FoundCluster;
}

/** One cluster for all hosts and configurations that mean the same: by its fsid, else by its monitors. */
export function joinClusters(
  found: readonly LookedAt[],
  choiceFor: (clusterId: string) => RouteChoice | undefined,
): readonly JoinedCluster[] {
  const marks = found.flatMap(({ ceph }) => [...ceph.clusters, ...ceph.routes]);
  const sightings = found.flatMap((from) => from.ceph.clusters.map((cluster) => ({ from, cluster })));
  const byId = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const id = idOf(sighting.cluster, marks);
    byId.set(id, [...(byId.get(id) ?? []), sighting]);
  }
  const joined = [...byId].map(([id, seen]) => {
    const routes = found.flatMap(({ ceph }) =>
      ceph.routes.filter((one) => idOf(one, marks) === id).map(({ route }) => route),
    );
    return {
      id,
      name: nameOf(seen),
      sessions: [...new Set(seen.map(({ from: { session } }) => session))],
      routes: [...withoutTwins(routes), ...typedRoutes(routes, seen, choiceFor(id))],
      hindrances: seen.flatMap(({ cluster: { hindrance } }) => hindrance ?? []),
    };
  });
  const isTwice = (name: string): boolean => joined.filter((one) => one.name === name).length > 1;
  return joined.map((one) =>
    isTwice(one.name) ? { ...one, name: `${one.name} (${one.id.slice(0, 8)})` } : one,
  );
}

/** That of a host's own configuration, rather than what is assumed of a storage pool. */
function nameOf(seen: readonly Sighting[]): string {
  const names = seen.flatMap(({ cluster: { configuration, clusterName } }) =>
    configuration ? clusterName : [],
  );
  return names.find((name) => name === 'ceph') ?? names[0] ?? 'ceph';
}

/** The id that a cluster gets among all that has been found. */
export function clusterIdOf(mark: ClusterMark, found: readonly LookedAt[]): string {
  return idOf(
    mark,
    found.flatMap(({ ceph }) => [...ceph.clusters, ...ceph.routes]),
  );
}

function idOf({ fsid, monitors }: ClusterMark, marks: readonly ClusterMark[]): string {
  if (fsid !== undefined) return fsid;
  const same = marks.find(
    (other) => other.fsid !== undefined && other.monitors.some((monitor) => monitors.includes(monitor)),
  );
  return same?.fsid ?? [...monitors].sort().join(', ');
}

/** The same identity twice on a host, by two configurations, is one way. */
function withoutTwins(routes: readonly ClusterRoute[]): readonly ClusterRoute[] {
  const key = ({ session, clientId, from }: ClusterRoute): string =>
    JSON.stringify([session.name, clientId, from.kind === 'configuration' ? [from.keyring] : from.pool]);
  return routes.filter((route, index) => routes.findIndex((other) => key(other) === key(route)) === index);
}

/** The way that a person has typed, when nothing on the host tells of it. */
function typedRoutes(
  routes: readonly ClusterRoute[],
  seen: readonly Sighting[],
  choice: RouteChoice | undefined,
): readonly ClusterRoute[] {
  if (!choice || choice.pool !== undefined || routes.some((route) => isChosen(route, choice))) return [];
  const place = seen.find(({ from, cluster }) => from.session.name === choice.host && cluster.configuration);
  if (!place?.cluster.configuration) return [];
  return [typedRoute(place.from, place.cluster.configuration, choice.clientId, choice.keyring)];
}

/** A way by an identity whose key Ceph finds by itself, or in this keyring. */
export function typedRoute(
  { session, host, ceph: { onHost } }: LookedAt,
  configuration: NonNullable<FoundCluster['configuration']>,
  clientId: string,
  keyring: string | undefined,
): ClusterRoute {
  const viaSudo = configuration.viaSudo || onHost.keyrings.some((one) => one.viaSudo);
  return configuredRoute({ session, host, onHost }, configuration, {
    clientId,
    keyring,
    viaSudo,
    isPreset: false,
  });
}
