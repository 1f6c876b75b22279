import type { Disposable, Event } from '../../base/events.ts';
import { Emitter } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { isLoginError } from '../../ceph/cephError.ts';
import { getClusterUsage, listCephPools, type CephPool, type ClusterUsage } from '../../ceph/cephPools.ts';
import { listCephUsers, type CephUser } from '../../ceph/cephUsers.ts';
import {
  getClusterHealth,
  getClusterStatus,
  listMonitors,
  type ClusterHealth,
  type ClusterStatus,
  type MonitorInfo,
} from '../../ceph/clusterStatus.ts';
import { getOsdTree, type OsdTree } from '../../ceph/osds.ts';
import { listRbdImages, type RbdPlace } from '../../ceph/rbd.ts';
import { listDaemonVersions, type DaemonVersion } from '../../ceph/versions.ts';
import { HostError } from '../hostErrors.ts';
import type { HostSession } from '../hostSession.ts';
import { ClusterPart } from './clusterPart.ts';
import { compareRoutes, type ClusterRoute } from './clusterRoute.ts';

/** The names of the parts that are known of a cluster. */
export type PartName = 'status' | 'health' | 'monitors' | 'versions' | 'osds' | 'pools' | 'usage' | 'users';

/** What of a cluster changed: a part, or the ways to it. */
export type ClusterChange = PartName | 'routes';

/** A Ceph cluster as it is seen through the connected hosts: one, however many of them are its clients. */
export class CephCluster implements Disposable {
  /** Its fsid; for a cluster whose fsid cannot be asked, what its monitors are called. */
  readonly id: string;
  readonly #changes = new Emitter<ClusterChange>();
  readonly onDidChange: Event<ClusterChange> = this.#changes.event;
  readonly #imageChanges = new Emitter<RbdPlace>();
  /** The images of a pool, or what is known of them, changed. */
  readonly onDidChangeImages: Event<RbdPlace> = this.#imageChanges.event;
  readonly #images = new Map<string, ClusterPart<readonly string[]>>();
  #routes: readonly ClusterRoute[] = [];
  #working: ClusterRoute | undefined;
  #host: HostSession;
  #name: string;

  readonly status = this.#part<ClusterStatus>('status', getClusterStatus);
  readonly health = this.#part<ClusterHealth>('health', getClusterHealth);
  readonly monitors = this.#part<readonly MonitorInfo[]>('monitors', listMonitors);
  readonly versions = this.#part<readonly DaemonVersion[]>('versions', listDaemonVersions);
  readonly osds = this.#part<OsdTree>('osds', getOsdTree);
  readonly pools = this.#part<readonly CephPool[]>('pools', listCephPools);
  readonly usage = this.#part<ClusterUsage>('usage', getClusterUsage);
  readonly users = this.#part<readonly CephUser[]>('users', listCephUsers);

  constructor(id: string, name: string, first: ClusterRoute) {
    this.id = id;
    this.#name = name;
    this.#host = first.session;
    this.setRoutes([first]);
  }

  /** What its files in /etc/ceph are called, `ceph` as a rule. */
  get name(): string {
    return this.#name;
  }

  /** All ways to it, the best first. */
  get routes(): readonly ClusterRoute[] {
    return this.#routes;
  }

  /** The hosts that it is seen from. */
  get hosts(): readonly HostSession[] {
    return [...new Set(this.#routes.map(({ session }) => session))];
  }

  /** The way that is taken; undefined when no host that is connected knows one. */
  get route(): ClusterRoute | undefined {
    return this.#working ?? this.#routes[0];
  }

  /** The host through which it is seen, or was last. */
  get host(): HostSession {
    return this.route?.session ?? this.#host;
  }

  /** Where Ceph's programs run for this cluster. Throws a {@link HostError} when no host is connected. */
  get client(): CephClient {
    return this.require().client;
  }

  require(): ClusterRoute {
    if (this.route) return this.route;
    throw new HostError('not-connected', t('No connected host knows the Ceph cluster {0}.', this.#name), {
      advice: t('Connect to one of its clients, then try again.'),
    });
  }

  setRoutes(routes: readonly ClusterRoute[]): void {
    this.#routes = [...routes].sort(compareRoutes);
    if (this.#working && !this.#routes.includes(this.#working)) this.#working = undefined;
    if (this.route) this.#host = this.route.session;
    this.#changes.fire('routes');
  }

  /** Takes this way from now on. */
  prefer(route: ClusterRoute): void {
    this.#working = route;
    this.#changes.fire('routes');
    this.refresh();
  }

  /**
   * Asks by the way that is taken; where its host has no such program, or its client may not even log in, by the next,
   * which is taken from then on. What a client that logs in may not ask rejects with an error that `isForbidden()` knows.
   */
  async ask<T>(question: (client: CephClient) => Promise<T>): Promise<T> {
    const first = this.require();
    let failure: unknown;
    for (const route of [first, ...this.#routes.filter((other) => other !== first)]) {
      try {
        const answer = await question(route.client);
        if (this.#routes.includes(route)) this.#working = route;
        return answer;
      } catch (error) {
        failure ??= error;
        if (!isLoginError(error)) throw failure;
      }
    }
    throw failure;
  }

  /** The names of the images of a pool, or of a namespace in it. */
  images(place: RbdPlace): ClusterPart<readonly string[]> {
    const key = JSON.stringify([place.pool, place.namespace]);
    const known = this.#images.get(key);
    if (known) return known;
    const part = new ClusterPart(
      () => this.ask((client) => listRbdImages(client, place)),
      () => {
        this.#imageChanges.fire(place);
      },
    );
    this.#images.set(key, part);
    return part;
  }

  /** Images were made, removed or changed there. */
  imagesChanged(place: RbdPlace): void {
    this.images(place).refresh();
    this.#imageChanges.fire(place);
    this.refresh('usage');
  }

  /** Reads again what has been read. */
  refresh(...names: readonly PartName[]): void {
    const parts = names.length > 0 ? names : partNames;
    for (const name of parts) this[name].refresh();
  }

  #part<T>(name: PartName, read: (client: CephClient) => Promise<T>): ClusterPart<T> {
    return new ClusterPart(
      () => this.ask((client) => read(client)),
      () => {
        this.#changes.fire(name);
      },
    );
  }

  dispose(): void {
    this.#changes.dispose();
    this.#imageChanges.dispose();
  }
}

const partNames: readonly PartName[] = [
  'status',
  'health',
  'monitors',
  'versions',
  'osds',
  'pools',
  'usage',
  'users',
];
