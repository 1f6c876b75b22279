import { Emitter, type Disposable, type Event } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import type { CephCluster } from '../hosts/clusters/cephCluster.ts';
import type { CephClusters, ClustersChange } from '../hosts/clusters/cephClusters.ts';
import type { RouteChoices } from '../hosts/clusters/clusterRoute.ts';
import type { HostRegistry } from '../hosts/hostRegistry.ts';

/** The Ceph clusters behind the hosts: looked for when the lists of the first connected host are there. */
export class ClustersOfHosts implements Disposable {
  readonly #registry: HostRegistry;
  readonly #log: Log;
  readonly #choices: RouteChoices;
  readonly #changes = new Emitter<ClustersChange>();
  readonly onDidChange: Event<ClustersChange> = this.#changes.event;
  readonly #listener: Disposable;
  #watched: readonly Disposable[] = [];
  #loading: Promise<CephClusters> | undefined;
  #clusters: CephClusters | undefined;

  constructor(registry: HostRegistry, log: Log, choices: RouteChoices) {
    this.#registry = registry;
    this.#log = log;
    this.#choices = choices;
    this.#listener = registry.onDidChange(() => {
      this.#watch();
    });
    this.#watch();
  }

  /** Those that have been found by now. */
  get known(): readonly CephCluster[] {
    return this.#clusters?.clusters ?? [];
  }

  /** What has been found; undefined until something was looked for. */
  get found(): CephClusters | undefined {
    return this.#clusters;
  }

  load(): Promise<CephClusters> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<CephClusters> {
    const { CephClusters } = await import('../hosts/clusters/cephClusters.ts');
    this.#clusters = new CephClusters(this.#registry, this.#log, this.#choices);
    this.#clusters.onDidChange((change) => {
      this.#changes.fire(change);
    });
    return this.#clusters;
  }

  #watch(): void {
    this.#unwatch();
    if (this.#loading) return;
    this.#watched = this.#registry.sessions.map((session) =>
      session.onDidChangeInventory(({ group, change }) => {
        if (group !== 'pools' || change.kind !== 'list') return;
        this.#unwatch();
        void this.load();
      }),
    );
  }

  #unwatch(): void {
    for (const disposable of this.#watched) disposable.dispose();
    this.#watched = [];
  }

  dispose(): void {
    this.#unwatch();
    for (const disposable of [this.#listener, this.#clusters, this.#changes]) disposable?.dispose();
  }
}
