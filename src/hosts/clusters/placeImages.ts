import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from '../../base/events.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { listRbdImages, type RbdImage, type RbdPlace } from '../../ceph/rbd.ts';
import {
  listAllRbdSnapshots,
  listRbdClones,
  type RbdAnySnapshot,
  type RbdClone,
} from '../../ceph/rbdDetails.ts';
import { getRbdListed, listRbdDetails, type RbdListedImage } from '../../ceph/rbdList.ts';
import { listRbdNamespaces } from '../../ceph/rbdNamespaces.ts';
import { listRbdTrash, type RbdTrashedImage } from '../../ceph/rbdTrash.ts';
import { ClusterPart } from './clusterPart.ts';

/** Images of a place changed, or what is known of them. */
export interface ImagesChange extends RbdPlace {
  /** Only the rows of these; undefined: which there are. */
  readonly images?: readonly string[] | undefined;
}

/** What `rbd` itself tells of an image that cannot be opened, as its header is lost: nothing. */
export type KnownImage = RbdListedImage | 'unreadable';

type Ask = <T>(question: (client: CephClient) => Promise<T>) => Promise<T>;

const namesWait: WaitOptions = { timeoutMs: 30_000 };
/** The rows below an image do not wait longer. */
const rowsWait: WaitOptions = { timeoutMs: 15_000 };

/** Of larger places not all images are looked at because a few have changed, or because somebody comes back. */
const fewImages = 200;
/** So many are looked at by themselves; it takes three programs each. */
const mostAlone = 10;
/** More rows than this are drawn as one list. */
const mostRows = 100;

/**
 * The images of a pool, or of a namespace in it: their names at once; what `rbd ls -l` tells, seconds for thousands,
 * behind them, for those who look at it.
 */
export class PlaceImages implements Disposable {
  readonly place: RbdPlace;
  readonly names: ClusterPart<readonly string[]>;
  /** None in a namespace. */
  readonly namespaces: ClusterPart<readonly string[]>;
  readonly trash: ClusterPart<readonly RbdTrashedImage[]>;
  readonly #ask: Ask;
  readonly #changed: (images?: readonly string[]) => void;
  readonly #snapshots = new Map<string, Promise<readonly RbdAnySnapshot[]>>();
  readonly #clones = new Map<string, Promise<readonly RbdClone[]>>();
  #details: ReadonlyMap<string, KnownImage> | undefined;
  #reading: AbortController | undefined;
  #hasFailed = false;
  /** Images that are to be looked at again; `all` of them. */
  #stale: Set<string> | 'all' = 'all';

  constructor(place: RbdPlace, ask: Ask, changed: (images?: readonly string[]) => void) {
    const tell = (): void => {
      changed();
    };
    this.place = place;
    this.#ask = ask;
    this.#changed = changed;
    this.names = new ClusterPart(() => ask((client) => listRbdImages(client, place, namesWait)), tell);
    this.trash = new ClusterPart(() => ask((client) => listRbdTrash(client, place, namesWait)), tell);
    this.namespaces = new ClusterPart(
      () =>
        place.namespace === undefined
          ? ask((client) => listRbdNamespaces(client, place.pool, namesWait))
          : Promise.resolve([]),
      tell,
    );
  }

  /** As last read; undefined until it has been. */
  details(image: string): KnownImage | undefined {
    return this.#details?.get(image);
  }

  /** The rows of the images are shown: reads, in the background, what is not known of them. */
  wantDetails(): void {
    if (this.#reading || this.#hasFailed) return;
    const names = this.names.value ?? [];
    const known = this.#details;
    const stale = this.#stale;
    const missing =
      stale === 'all' || !known ? names : names.filter((name) => stale.has(name) || !known.has(name));
    if (missing.length === 0) return;
    const abort = new AbortController();
    this.#reading = abort;
    this.#stale = new Set();
    const isPart = known !== undefined && stale !== 'all' && missing.length <= mostAlone;
    void this.#read(isPart && names.length > fewImages ? missing : undefined, names, abort);
  }

  /** The snapshots of an image, also the hidden ones, and its clones: read when its row is opened. */
  async snapshots(image: string): Promise<readonly RbdAnySnapshot[]> {
    return this.#once(this.#snapshots, image, listAllRbdSnapshots);
  }

  async clones(image: string): Promise<readonly RbdClone[]> {
    return this.#once(this.#clones, image, listRbdClones);
  }

  /** Images were made, removed or changed. @param images only these were, and others may be new or gone */
  changed(images?: readonly string[]): void {
    this.#forget(images);
    this.names.refresh();
    this.trash.refresh();
    this.namespaces.refresh();
    this.#changed();
  }

  /** Somebody else may have changed them. */
  refresh(): void {
    if ((this.#details?.size ?? 0) <= fewImages) this.#forget();
    this.names.refresh();
    this.trash.refresh();
    this.namespaces.refresh();
    if (this.#details) this.wantDetails();
  }

  /** Which snapshots and clones they have is read again when it is wanted. */
  forgetRelations(): void {
    this.#snapshots.clear();
    this.#clones.clear();
  }

  /** What was read may no longer be so; what is being read is not waited for. */
  #forget(images?: readonly string[]): void {
    this.forgetRelations();
    this.#hasFailed = false;
    const wasReading = this.#reading !== undefined;
    this.#reading?.abort();
    this.#reading = undefined;
    if (images === undefined || wasReading || this.#stale === 'all') this.#stale = 'all';
    else for (const image of images) this.#stale.add(image);
  }

  async #read(
    images: readonly string[] | undefined,
    names: readonly string[],
    abort: AbortController,
  ): Promise<void> {
    const { signal } = abort;
    try {
      const found = await this.#ask((client) =>
        images ? this.#each(client, images, signal) : listRbdDetails(client, this.place, { signal }),
      );
      if (signal.aborted) return;
      const before = this.#details;
      const looked = new Set(images ?? names);
      const details = new Map<string, KnownImage>(found);
      for (const name of names) {
        if (details.has(name)) continue;
        const old = looked.has(name) ? 'unreadable' : before?.get(name);
        if (old) details.set(name, old);
      }
      this.#details = details;
      this.#tell(
        [...details.keys()].filter((name) => !isDeepStrictEqual(details.get(name), before?.get(name))),
      );
    } catch {
      // The rows show their names alone; what is wrong is said where one of them is opened. Not tried again until
      // something changes.
      this.#hasFailed = !signal.aborted;
    } finally {
      if (this.#reading === abort) {
        this.#reading = undefined;
        if (this.#details) this.wantDetails();
      }
    }
  }

  async #each(
    client: CephClient,
    images: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, RbdListedImage>> {
    const found = new Map<string, RbdListedImage>();
    for (const image of images) {
      const listed = await getRbdListed(client, { ...this.place, image }, { signal });
      if (listed) found.set(image, listed);
    }
    return found;
  }

  #tell(images: readonly string[]): void {
    if (images.length > mostRows) this.#changed();
    else if (images.length > 0) this.#changed(images);
  }

  /** A failure is not kept: whoever opens the row again asks again. */
  async #once<T>(
    known: Map<string, Promise<T>>,
    image: string,
    read: (client: CephClient, image: RbdImage, options: WaitOptions) => Promise<T>,
  ): Promise<T> {
    const reading =
      known.get(image) ?? this.#ask((client) => read(client, { ...this.place, image }, rowsWait));
    known.set(image, reading);
    try {
      return await reading;
    } catch (error) {
      if (known.get(image) === reading) known.delete(image);
      throw error;
    }
  }

  dispose(): void {
    this.#reading?.abort();
  }
}
