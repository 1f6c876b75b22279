import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { Errno, isCephError } from '../../ceph/cephError.ts';
import type { CephPool } from '../../ceph/cephPools.ts';
import { getRbdInfo, listRbdImages, listRbdWatchers, type RbdImage, type RbdPlace } from '../../ceph/rbd.ts';
import { listRbdDetails } from '../../ceph/rbdList.ts';
import { listRbdNamespaces } from '../../ceph/rbdNamespaces.ts';
import { listRbdTrash } from '../../ceph/rbdTrash.ts';
import { mapInTurns } from '../volumes/mapInTurns.ts';

/** What would be lost with a pool. */
export interface PoolContents {
  readonly images: readonly RbdImage[];
  readonly snapshots: number;
  readonly trashed: number;
  /** Somebody has them open now. */
  readonly open: readonly RbdImage[];
  /** Images of other pools that hold only what differs from one of these. */
  readonly clones: readonly RbdImage[];
  /** Images of other pools whose data is here. */
  readonly dataOf: readonly RbdImage[];
  /** Not all images of other pools were asked where their data is. */
  readonly isDataUnsure: boolean;
}

/** How many images are asked one by one who has them open, or where their data is. */
const mostAsked = 400;
const atATime = 4;

/** Looks through a pool, and through the other pools for RBD images that need it. Takes as long as there are images. */
export async function readPoolContents(
  client: CephClient,
  pool: CephPool,
  others: readonly CephPool[],
  options: WaitOptions = {},
): Promise<PoolContents> {
  const own = pool.type === 'erasure' ? [] : await readPlaces(client, pool.name, options);
  const elsewhere = (
    await mapInTurns(
      others.filter(
        ({ name, type, applications }) =>
          name !== pool.name && type === 'replicated' && applications.includes('rbd'),
      ),
      2,
      ({ name }) => readPlaces(client, name, options),
    )
  ).flat();
  const images = own.flatMap((place) => place.images);
  const candidates = elsewhere.flatMap((place) => place.images);
  const asked = candidates.slice(0, mostAsked);
  const isData = await mapInTurns(asked, atATime, ({ image }) => isDataIn(client, image, pool.name, options));
  const isOpen = await mapInTurns([...images.entries()], atATime, ([index, { image, isLocked }]) =>
    isLocked || index >= mostAsked ? Promise.resolve(isLocked) : isWatched(client, image, options),
  );
  return {
    images: images.map(({ image }) => image),
    snapshots: images.reduce((sum, { snapshots }) => sum + snapshots, 0),
    trashed: own.reduce((sum, { trashed }) => sum + trashed, 0),
    open: images.filter((_, index) => isOpen[index] === true).map(({ image }) => image),
    clones: candidates.filter(({ parentPool }) => parentPool === pool.name).map(({ image }) => image),
    dataOf: asked.filter((_, index) => isData[index] === true).map(({ image }) => image),
    isDataUnsure: candidates.length > asked.length,
  };
}

interface Listed {
  readonly image: RbdImage;
  readonly snapshots: number;
  readonly isLocked: boolean;
  readonly parentPool: string | undefined;
}

interface PlaceContents {
  readonly images: readonly Listed[];
  readonly trashed: number;
}

/** The pool itself and its namespaces. */
async function readPlaces(
  client: CephClient,
  pool: string,
  options: WaitOptions,
): Promise<readonly PlaceContents[]> {
  const namespaces = await listRbdNamespaces(client, pool, options);
  return mapInTurns([undefined, ...namespaces], 2, (namespace) =>
    readPlace(client, { pool, namespace }, options),
  );
}

async function readPlace(client: CephClient, place: RbdPlace, options: WaitOptions): Promise<PlaceContents> {
  const names = await listRbdImages(client, place, options);
  const [details, trash] = await Promise.all([
    names.length === 0 ? undefined : listRbdDetails(client, place, options),
    listRbdTrash(client, place, options),
  ]);
  return {
    images: names.map((name) => {
      const known = details?.get(name);
      return {
        image: { ...place, image: name },
        snapshots: known?.snapshots.length ?? 0,
        isLocked: known?.lock !== undefined,
        parentPool: known?.parent?.pool,
      };
    }),
    trashed: trash.length,
  };
}

async function isDataIn(
  client: CephClient,
  image: RbdImage,
  pool: string,
  options: WaitOptions,
): Promise<boolean> {
  try {
    return (await getRbdInfo(client, image, options)).dataPool === pool;
  } catch (error) {
    // Removed in between.
    if (isCephError(error, Errno.ENOENT)) return false;
    throw error;
  }
}

/** One that is only read, or not written to yet, is not locked. */
async function isWatched(client: CephClient, image: RbdImage, options: WaitOptions): Promise<boolean> {
  try {
    return (await listRbdWatchers(client, image, options)).length > 0;
  } catch (error) {
    if (isCephError(error, Errno.ENOENT)) return false;
    throw error;
  }
}
