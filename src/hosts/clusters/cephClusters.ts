import { messageOf } from '../../base/errors.ts';
import { Emitter, type Disposable, type Event } from '../../base/events.ts';
import type { Log } from '../../base/log.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import type { ConnectedHost, HostSession } from '../hostSession.ts';
import { CephCluster } from './cephCluster.ts';
import type { ClusterRoute, RouteChoice, RouteChoices } from './clusterRoute.ts';
import { findRoutes, type FoundCeph } from './findRoutes.ts';
import type { CephConfiguration } from './configuration.ts';
import { clusterIdOf, joinClusters, typedRoute, type LookedAt } from './joinClusters.ts';

interface Found {
  readonly host: ConnectedHost;
  /** undefined while it is looked for. */
  readonly ceph?: FoundCeph;
}

/** What changed: which clusters there are, or only what hosts lack to be clients of one. */
export type ClustersChange = 'list' | 'hindrances';

/** Nothing is remembered. */
const noChoices: RouteChoices = { get: () => undefined, set: () => undefined };

/** The Ceph clusters that the connected hosts are clients of. */
export class CephClusters implements Disposable {
  readonly #registry: Pick<HostRegistry, 'sessions' | 'onDidChange'>;
  readonly #log: Log;
  readonly #choices: RouteChoices;
  readonly #changes = new Emitter<ClustersChange>();
  readonly onDidChange: Event<ClustersChange> = this.#changes.event;
  readonly #found = new Map<HostSession, Found>();
  readonly #looking = new Map<HostSession, Promise<void>>();
  readonly #abort = new AbortController();
  readonly #listener: Disposable;
  #watched: readonly Disposable[] = [];
  readonly #fsidListeners = new Map<CephCluster, Disposable>();
  #clusters: readonly CephCluster[] = [];
  #lastList = '';
  #lastHindrances = '';

  constructor(
    registry: Pick<HostRegistry, 'sessions' | 'onDidChange'>,
    log: Log,
    choices: RouteChoices = noChoices,
  ) {
    this.#registry = registry;
    this.#log = log;
    this.#choices = choices;
    this.#listener = registry.onDidChange(() => {
      this.#watch();
    });
    this.#watch();
  }

  /** In the order of the hosts that they are seen from. */
  get clusters(): readonly CephCluster[] {
    return this.#clusters;
  }

  /** What there is of Ceph on a host; undefined until it was looked at. */
  on(session: HostSession): FoundCeph | undefined {
    return this.#found.get(session)?.ceph;
  }

  /** The clusters that a host is a client of. */
  of(session: HostSession): readonly CephCluster[] {
    return this.#clusters.filter(({ clients }) => clients.includes(session));
  }

  /** Waits until all connected hosts have been looked at. */
  async settled(): Promise<void> {
    await Promise.all(this.#looking.values());
  }

  /** Looks at a host again: somebody has given it a configuration, a keyring, or programs. */
  async look(session: HostSession): Promise<void> {
    await this.#looking.get(session);
    this.#lookAt(session, true);
    await this.#looking.get(session);
  }

  /** The same of all connected hosts. */
  async lookAtAll(): Promise<void> {
    await Promise.all(this.#registry.sessions.map((session) => this.look(session)));
  }

  /** Takes this way to a cluster from now on, also when its host connects again; undefined: the best one. */
  choose(cluster: CephCluster, choice: RouteChoice | undefined): void {
    this.#choices.set(cluster.id, choice);
    this.#join();
    cluster.startAnew();
  }

  /** The way that was chosen; undefined when the best one is taken. */
  choiceFor(cluster: CephCluster): RouteChoice | undefined {
    return this.#choices.get(cluster.id);
  }

  /** The connected hosts that have a configuration of the cluster, so that any of its users can be tried there. */
  hostsToTypeFor(cluster: CephCluster): readonly HostSession[] {
    return this.#configurationsOf(cluster).map(({ from }) => from.session);
  }

  /** A way by an identity that nothing on the host tells of; undefined where the host has no configuration of the cluster. */
  routeAs(cluster: CephCluster, session: HostSession, clientId: string): ClusterRoute | undefined {
    const found = this.#configurationsOf(cluster).find(({ from }) => from.session === session);
    return found && typedRoute(found.from, found.configuration, clientId, undefined);
  }

  #configurationsOf(
    cluster: CephCluster,
  ): readonly { readonly from: LookedAt; readonly configuration: CephConfiguration }[] {
    const lookedAt = this.#lookedAt();
    return lookedAt.flatMap((from) => {
      const mine = from.ceph.clusters.find(
        (one) => one.configuration && clusterIdOf(one, lookedAt) === cluster.id,
      );
      return mine?.configuration ? [{ from, configuration: mine.configuration }] : [];
    });
  }

  #watch(): void {
    for (const disposable of this.#watched) disposable.dispose();
    this.#watched = this.#registry.sessions.flatMap((session) => [
      session.onDidChangeState(() => {
        this.#lookAt(session);
      }),
      session.onDidChangeInventory(({ group, change }) => {
        if (group === 'pools' && change.kind === 'list') this.#lookAt(session);
      }),
    ]);
    for (const session of this.#registry.sessions) this.#lookAt(session);
    for (const session of this.#found.keys())
      if (!this.#registry.sessions.includes(session)) this.#found.delete(session);
    this.#join();
  }

  /** Once for each connection, when its lists are there: they come first. */
  #lookAt(session: HostSession, again = false): void {
    const host = session.connected;
    if (!host) {
      if (session.state.kind === 'disconnected' || session.state.kind === 'failed')
        this.#found.delete(session);
      this.#join();
      return;
    }
    const before = this.#found.get(session);
    if (!again && (before?.host === host || host.inventory.pools.status.kind === 'loading')) return;
    // What was known of the host stays until it has been looked at.
    if (before?.host !== host) this.#found.set(session, { host });
    const looking = findRoutes(session, host, this.#log, this.#abort.signal)
      .then((ceph) => {
        if (this.#found.get(session)?.host !== host) return;
        this.#found.set(session, { host, ceph });
        this.#join();
      })
      .catch((error: unknown) => {
        if (!this.#abort.signal.aborted) this.#log.warn(`${session.name}: ${messageOf(error)}`);
      })
      .finally(() => {
        if (this.#looking.get(session) === looking) this.#looking.delete(session);
      });
    this.#looking.set(session, looking);
  }

  #lookedAt(): readonly LookedAt[] {
    return this.#registry.sessions.flatMap((session) => {
      const { host, ceph } = this.#found.get(session) ?? {};
      return host && ceph && session.connected === host ? [{ session, host, ceph }] : [];
    });
  }

  /** One cluster for all ways that lead to it. One whose hosts are lost stays, as they do, until they are back. */
  #join(): void {
    const joined = joinClusters(this.#lookedAt(), (id) => this.#choices.get(id));
    const ids = new Set(joined.map(({ id }) => id));
    const known = new Map(this.#clusters.map((cluster) => [cluster.id, cluster]));
    const away = this.#clusters.filter(
      (cluster) => !ids.has(cluster.id) && cluster.clients.some((session) => this.#isAway(session)),
    );
    this.#clusters = [
      ...joined.map(({ id, name, sessions, routes, hindrances }) => {
        const [first] = sessions;
        const cluster = known.get(id) ?? (first && new CephCluster(id, name, first));
        cluster?.setRoutes(routes, {
          clients: sessions,
          neighbours: this.#registry.sessions,
          hindrances,
          name,
          choice: this.#choices.get(id),
        });
        return cluster;
      }),
      ...away,
    ].filter((cluster) => cluster !== undefined);
    for (const cluster of away) cluster.setRoutes([], { clients: cluster.clients });
    for (const cluster of known.values()) if (!this.#clusters.includes(cluster)) this.#forget(cluster);
    for (const cluster of this.#clusters) this.#watchFsid(cluster);
    this.#tellChange();
  }

  #tellChange(): void {
    const list = JSON.stringify(this.#clusters.map(({ id, name }) => [id, name]));
    const hindrances = JSON.stringify(
      this.#lookedAt().map(({ session, ceph: { hindrance } }) => [session.name, hindrance?.kind]),
    );
    const isListNew = list !== this.#lastList;
    const isNew = isListNew || hindrances !== this.#lastHindrances;
    this.#lastList = list;
    this.#lastHindrances = hindrances;
    if (isNew) this.#changes.fire(isListNew ? 'list' : 'hindrances');
  }

  /** Whether a host was connected and may come back by itself, or is being looked at again. */
  #isAway(session: HostSession): boolean {
    if (!this.#registry.sessions.includes(session)) return false;
    const found = this.#found.get(session);
    return found !== undefined && (session.connected !== found.host || found.ceph === undefined);
  }

  /** A cluster that was known by its monitors alone, and now says who it is, may be one that is known already. */
  #watchFsid(cluster: CephCluster): void {
    if (isFsid(cluster.id) || this.#fsidListeners.has(cluster)) return;
    const listener = cluster.onDidChange(() => {
      if (cluster.status.value === undefined) return;
      listener.dispose();
      void this.lookAtAll();
    });
    this.#fsidListeners.set(cluster, listener);
  }

  #forget(cluster: CephCluster): void {
    this.#fsidListeners.get(cluster)?.dispose();
    this.#fsidListeners.delete(cluster);
    cluster.dispose();
  }

  dispose(): void {
    this.#abort.abort();
    const clusters = [...this.#fsidListeners.values(), ...this.#clusters];
    for (const disposable of [...this.#watched, this.#listener, this.#changes, ...clusters])
      disposable.dispose();
  }
}

function isFsid(id: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}
