import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph, workCeph, type CephRunOptions } from './cephProgram.ts';
import { placeArguments, type RbdPlace } from './rbd.ts';

/** An image in the trash, by its id. */
export interface TrashedImageId {
  readonly place: RbdPlace;
  readonly id: string;
}

function idArguments({ place, id }: TrashedImageId): readonly string[] {
  return [...placeArguments(place), `--image-id=${id}`];
}

export interface TrashedSnapshot {
  readonly name: string;
  readonly protected: boolean;
}

/** The snapshots that keep an image in the trash from being removed. */
export async function listTrashedSnapshots(
  client: CephClient,
  image: TrashedImageId,
  options?: WaitOptions,
): Promise<readonly TrashedSnapshot[]> {
  const snapshots = (await askCeph(
    client,
    'rbd',
    ['snap', 'ls', ...idArguments(image)],
    options,
  )) as readonly {
    readonly name: string;
    readonly protected?: string | boolean;
  }[];
  return snapshots.map(({ name, protected: isProtected }) => ({
    name,
    protected: isProtected === true || isProtected === 'true',
  }));
}

/** Rejects with EBUSY while one of them is protected and has clones. */
export async function removeTrashedSnapshot(
  client: CephClient,
  image: TrashedImageId,
  { name, protected: isProtected }: TrashedSnapshot,
  options?: CephRunOptions,
): Promise<void> {
  const args = [...idArguments(image), `--snap=${name}`];
  if (isProtected) await workCeph(client, 'rbd', ['snap', 'unprotect', ...args], options);
  await workCeph(client, 'rbd', ['snap', 'rm', ...args], options);
}
