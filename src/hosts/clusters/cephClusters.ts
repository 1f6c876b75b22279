import { messageOf } from '../../base/errors.ts';
import { Emitter, type Disposable, type Event } from '../../base/events.ts';
import type { Log } from '../../base/log.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import type { ConnectedHost, HostSession } from '../hostSession.ts';
import { CephCluster } from './cephCluster.ts';
import { findRoutes, type FoundCeph } from './findRoutes.ts';

/** The Ceph clusters that the connected hosts are clients of. */
export class CephClusters implements Disposable {
  readonly #registry: Pick<HostRegistry, 'sessions' | 'onDidChange'>;
  readonly #log: Log;
  readonly #changes = new Emitter<undefined>();
  /** A cluster was found, or no connected host knows it any more. */
  readonly onDidChange: Event<undefined> = this.#changes.event;
  readonly #found = new Map<HostSession, { readonly host: ConnectedHost; readonly ceph?: FoundCeph }>();
  readonly #looking = new Map<HostSession, Promise<void>>();
  readonly #abort = new AbortController();
  readonly #listener: Disposable;
  #watched: readonly Disposable[] = [];
  #clusters: readonly CephCluster[] = [];

  constructor(registry: Pick<HostRegistry, 'sessions' | 'onDidChange'>, log: Log) {
    this.#registry = registry;
    this.#log = log;
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
    return this.#clusters.filter(({ hosts }) => hosts.includes(session));
  }

  /** Waits until all connected hosts have been looked at. */
  async settled(): Promise<void> {
    await Promise.all(this.#looking.values());
  }

  /** Looks at a host again: somebody has given it a configuration, a keyring, or programs. */
  async look(session: HostSession): Promise<void> {
    await this.#looking.get(session);
    this.#found.delete(session);
    this.#lookAt(session);
    await this.#looking.get(session);
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
  #lookAt(session: HostSession): void {
    const host = session.connected;
    if (!host) {
      if (this.#found.delete(session)) this.#join();
      return;
    }
    if (this.#found.get(session)?.host === host || host.inventory.pools.status.kind === 'loading') return;
    this.#found.set(session, { host });
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
        this.#looking.delete(session);
      });
    this.#looking.set(session, looking);
  }

  /** One cluster for all ways that lead to it. */
  #join(): void {
    const known = new Map(this.#clusters.map((cluster) => [cluster.id, cluster]));
    const found = this.#registry.sessions.flatMap((session) => this.#found.get(session)?.ceph?.routes ?? []);
    const clusters = new Map<string, CephCluster>();
    for (const { clusterId, clusterName, route } of found)
      if (!clusters.has(clusterId))
        clusters.set(clusterId, known.get(clusterId) ?? new CephCluster(clusterId, clusterName, route));
    this.#clusters = [...clusters.values()];
    for (const cluster of this.#clusters)
      cluster.setRoutes(found.filter(({ clusterId }) => clusterId === cluster.id).map(({ route }) => route));
    for (const cluster of known.values()) if (!clusters.has(cluster.id)) cluster.dispose();
    this.#changes.fire(undefined);
  }

  dispose(): void {
    this.#abort.abort();
    for (const disposable of [...this.#watched, this.#listener, this.#changes, ...this.#clusters])
      disposable.dispose();
  }
}
