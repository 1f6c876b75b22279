import { CancelledError, Problem, TimeoutError } from '../../base/errors.ts';
import type { Disposable, Event } from '../../base/events.ts';
import { Emitter } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { Turns } from '../../base/turns.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { CephError, Errno, isCephError, isLoginError } from '../../ceph/cephError.ts';
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
import { listManagers, getQuorum, type Managers, type Quorum } from '../../ceph/daemons.ts';
import { getOsdMap, type OsdMap } from '../../ceph/osdMap.ts';
import { getOsdTree, type OsdTree } from '../../ceph/osds.ts';
import { getOsdUsage, type OsdUsage } from '../../ceph/osdUsage.ts';
import type { RbdPlace } from '../../ceph/rbd.ts';
import {
  listClientReleases,
  listDaemonVersions,
  type ClientRelease,
  type DaemonVersion,
} from '../../ceph/versions.ts';
import { HostError } from '../hostErrors.ts';
import type { HostSession } from '../hostSession.ts';
import { readClientHosts, type ClientHost } from './clientHosts.ts';
import { ClusterPart } from './clusterPart.ts';
import { compareRoutes, isChosen, type ClusterRoute, type RouteChoice } from './clusterRoute.ts';
import type { Hindrance } from './hindrance.ts';
import { PlaceImages, type ImagesChange } from './placeImages.ts';

/** The names of the parts that are known of a cluster. */
export type PartName =
  | 'status'
  | 'health'
  | 'monitors'
  | 'quorum'
  | 'managers'
  | 'versions'
  | 'clientReleases'
  | 'clientHosts'
  | 'osds'
  | 'osdMap'
  | 'osdUsage'
  | 'pools'
  | 'usage'
  | 'users';

/** What of a cluster changed: a part, or the ways to it. */
export type ClusterChange = PartName | 'routes';

/** What is known of a cluster beside the ways to it. */
export interface ClusterSeen {
  /** The hosts that are its clients, those included that are no way to it. */
  readonly clients: readonly HostSession[];
  /** All hosts of the window: any of them may have domains on its images. */
  readonly neighbours?: readonly HostSession[];
  readonly hindrances?: readonly Hindrance[];
  readonly name?: string;
  /** The way that a person has chosen. */
  readonly choice?: RouteChoice | undefined;
}

/** A host that did not get through to the monitors is not asked again in place of another one for so long. */
const silenceHoldsMs = 30_000;

/** So many programs ask at once: sshd allows ten a connection, and others need theirs. */
const mostAtOnce = 4;

/** A Ceph cluster as it is seen through the connected hosts: one, however many of them are its clients. */
export class CephCluster implements Disposable {
  /** Its fsid; for a cluster whose fsid cannot be asked, what its monitors are called. */
  readonly id: string;
  readonly #turns = new Turns(mostAtOnce);
  readonly #changes = new Emitter<ClusterChange>();
  readonly onDidChange: Event<ClusterChange> = this.#changes.event;
  readonly #imageChanges = new Emitter<ImagesChange>();
  /** The images of a pool, or what is known of them, changed. */
  readonly onDidChangeImages: Event<ImagesChange> = this.#imageChanges.event;
  readonly #places = new Map<string, PlaceImages>();
  /** Why a way could not be gone when it was last tried. */
  readonly #failures = new WeakMap<ClusterRoute, unknown>();
  readonly #silentUntil = new WeakMap<HostSession, number>();
  #routes: readonly ClusterRoute[] = [];
  #clients: readonly HostSession[];
  #neighbours: readonly HostSession[];
  #hindrances: readonly Hindrance[] = [];
  #working: ClusterRoute | undefined;
  #host: HostSession;
  #name: string;
  #wasUnreachable = false;

  readonly status = this.#part<ClusterStatus>('status', getClusterStatus);
  readonly health = this.#part<ClusterHealth>('health', getClusterHealth);
  readonly monitors = this.#part<readonly MonitorInfo[]>('monitors', listMonitors);
  readonly quorum = this.#part<Quorum>('quorum', getQuorum);
  readonly managers = this.#part<Managers>('managers', listManagers);
  readonly versions = this.#part<readonly DaemonVersion[]>('versions', listDaemonVersions);
  readonly clientReleases = this.#part<readonly ClientRelease[]>('clientReleases', listClientReleases);
  /** What the hosts themselves have to reach it with. */
  readonly clientHosts = new ClusterPart<readonly ClientHost[]>(
    (options) => readClientHosts(this.#clients, options),
    () => {
      this.#changes.fire('clientHosts');
    },
  );
  readonly osds = this.#part<OsdTree>('osds', getOsdTree);
  readonly osdMap = this.#part<OsdMap>('osdMap', getOsdMap);
  readonly osdUsage = this.#part<OsdUsage>('osdUsage', getOsdUsage);
  readonly pools = this.#part<readonly CephPool[]>('pools', listCephPools);
  readonly usage = this.#part<ClusterUsage>('usage', getClusterUsage);
  readonly users = this.#part<readonly CephUser[]>('users', listCephUsers);

  /** @param first the host that it is seen from first */
  constructor(id: string, name: string, first: HostSession) {
    this.id = id;
    this.#name = name;
    this.#host = first;
    this.#clients = [first];
    this.#neighbours = [first];
  }

  /** What its files in /etc/ceph are called, `ceph` as a rule; with the beginning of its fsid where two are called so. */
  get name(): string {
    return this.#name;
  }

  /** All ways to it, the best first. */
  get routes(): readonly ClusterRoute[] {
    return this.#routes;
  }

  /** The hosts that are ways to it. */
  get hosts(): readonly HostSession[] {
    return [...new Set(this.#routes.map(({ session }) => session))];
  }

  /** The hosts that are its clients, also those that are no way to it. */
  get clients(): readonly HostSession[] {
    return this.#clients;
  }

  /** All hosts of the window, whether they are its clients or not. */
  get neighbours(): readonly HostSession[] {
    return this.#neighbours;
  }

  /** Why some of its clients are no ways to it. */
  get hindrances(): readonly Hindrance[] {
    return this.#hindrances;
  }

  /** The way that is taken; undefined when no host that is connected knows one. */
  get route(): ClusterRoute | undefined {
    return this.#working ?? this.#routes[0];
  }

  /** Why the way could not be gone when it was last tried; undefined when it could, or was not. */
  failureOf(route: ClusterRoute): unknown {
    return this.#failures.get(route);
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
    const isSeen = this.#hindrances.length > 0;
    throw new HostError(
      'not-connected',
      isSeen
        ? t('No connected host can reach the Ceph cluster {0}.', this.#name)
        : t('No connected host knows the Ceph cluster {0}.', this.#name),
      {
        advice: isSeen
          ? t('Look below the cluster at what its hosts lack.')
          : t('Connect to one of its clients, then try again.'),
      },
    );
  }

  setRoutes(routes: readonly ClusterRoute[], seen: ClusterSeen): void {
    const before = this.route;
    this.#neighbours = seen.neighbours ?? this.#neighbours;
    const { clients, hindrances = [], name = this.#name, choice } = seen;
    const chosenFirst = (route: ClusterRoute): number => (isChosen(route, choice) ? 0 : 1);
    this.#routes = [...routes].sort((a, b) => chosenFirst(a) - chosenFirst(b) || compareRoutes(a, b));
    if (this.#working && !this.#routes.includes(this.#working)) this.#working = undefined;
    const after = this.route;
    if (after) this.#host = after.session;
    const sameClients =
      clients.length === this.#clients.length && clients.every((session) => this.#clients.includes(session));
    this.#clients = clients;
    this.#hindrances = hindrances;
    this.#name = name;
    this.#changes.fire('routes');
    if (after && before !== after) this.refresh();
    else if (!sameClients) this.clientHosts.refresh();
  }

  /** Tries the best way again, whichever was taken last, and reads again what has been read. */
  startOver(): void {
    this.#tryBestRoute();
    this.refresh();
  }

  /** The same, and forgets what was read: the client that is asked now may not see it. */
  startAnew(): void {
    this.#tryBestRoute();
    for (const images of this.#places.values()) images.dispose();
    this.#places.clear();
    for (const name of partNames) this[name].forget();
  }

  #tryBestRoute(): void {
    this.#working = undefined;
    for (const route of this.#routes) {
      this.#failures.delete(route);
      this.#silentUntil.delete(route.session);
    }
    this.#changes.fire('routes');
  }

  /**
   * Asks by the way that is taken; where its host has no such program, or its client may not even log in, by the next,
   * and where its host does not get through, by another host. What has answered is taken from then on. What a client
   * that logs in may not ask rejects with an error that `isForbidden()` knows.
   */
  async ask<T>(question: (client: CephClient) => Promise<T>): Promise<T> {
    const first = this.require();
    let failure: unknown;
    const left = [first, ...this.#routes.filter((other) => other !== first)];
    for (let route = left.shift(); route; route = this.#next(left, failure)) {
      try {
        const { client } = route;
        const answer = await this.#turns.run(() => question(client));
        this.#succeeded(route);
        return answer;
      } catch (error) {
        if (isLoginError(error)) {
          failure ??= error;
          this.#failures.set(route, error);
        } else if (isUnreachable(error)) {
          failure = error;
          this.#failures.set(route, error);
          this.#silentUntil.set(route.session, Date.now() + silenceHoldsMs);
        } else {
          if (error instanceof CephError) this.#succeeded(route);
          throw error;
        }
      }
    }
    throw failure;
  }

  /** The way to try after this failure, taken out of those that are left. */
  #next(left: ClusterRoute[], failure: unknown): ClusterRoute | undefined {
    const mayHelp = ({ session }: ClusterRoute): boolean =>
      isLoginError(failure) || (this.#silentUntil.get(session) ?? 0) < Date.now();
    const index = left.findIndex(mayHelp);
    return index < 0 ? undefined : left.splice(0, index + 1).at(-1);
  }

  #succeeded(route: ClusterRoute): void {
    this.#failures.delete(route);
    this.#silentUntil.delete(route.session);
    if (!this.#routes.includes(route) || this.route === route) return;
    this.#working = route;
    this.#host = route.session;
    this.#changes.fire('routes');
  }

  /** The names of the images of a pool, or of a namespace in it. */
  images(place: RbdPlace): ClusterPart<readonly string[]> {
    return this.imagesOf(place).names;
  }

  /** What is known of the images of a pool, or of a namespace in it. */
  imagesOf({ pool, namespace }: RbdPlace): PlaceImages {
    const key = JSON.stringify([pool, namespace]);
    const known = this.#places.get(key);
    if (known) return known;
    const place = { pool, namespace };
    const images = new PlaceImages(
      place,
      (question) => this.ask(question),
      (changed) => {
        this.#imageChanges.fire({ ...place, images: changed });
      },
    );
    this.#places.set(key, images);
    return images;
  }

  /** Images were made, removed or changed there. @param images only these were, and others may be new or gone */
  imagesChanged(place: RbdPlace, images?: readonly string[]): void {
    // Clones of them may be anywhere.
    for (const other of this.#places.values()) other.forgetRelations();
    this.imagesOf(place).changed(images);
    this.refresh('usage');
  }

  /** Reads again what has been read. */
  refresh(...names: readonly PartName[]): void {
    const parts = names.length > 0 ? names : partNames;
    for (const name of parts) this[name].refresh();
    if (names.length === 0) for (const images of this.#places.values()) images.refresh();
  }

  #part<T>(name: PartName, read: (client: CephClient) => Promise<T>): ClusterPart<T> {
    return new ClusterPart(
      () => this.ask((client) => read(client)),
      () => {
        this.#changes.fire(name);
        if (name === 'status') this.#noteReach();
      },
    );
  }

  /** What could not be read while the cluster was out of reach is read when it answers again. */
  #noteReach(): void {
    const isUnreachableNow = this.status.error !== undefined;
    const isBack = this.#wasUnreachable && !isUnreachableNow;
    this.#wasUnreachable = isUnreachableNow;
    if (!isBack) return;
    const failed = partNames.filter((name) => this[name].error !== undefined);
    if (failed.length > 0) this.refresh(...failed);
    for (const { names } of this.#places.values()) if (names.error !== undefined) names.refresh();
  }

  dispose(): void {
    this.#changes.dispose();
    this.#imageChanges.dispose();
    for (const images of this.#places.values()) images.dispose();
  }
}

/** Whether the host, or Ceph behind it, did not answer: what another host may still do. */
function isUnreachable(error: unknown): boolean {
  if (isCephError(error, Errno.ETIMEDOUT) || error instanceof TimeoutError) return true;
  return error instanceof Problem && !(error instanceof CephError) && !(error instanceof CancelledError);
}

const partNames: readonly PartName[] = [
  'status',
  'health',
  'monitors',
  'quorum',
  'managers',
  'versions',
  'clientReleases',
  'clientHosts',
  'osds',
  'osdMap',
  'osdUsage',
  'pools',
  'usage',
  'users',
];
