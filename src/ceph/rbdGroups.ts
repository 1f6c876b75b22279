import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph } from './cephProgram.ts';
import { placeArguments, type RbdImage, type RbdPlace } from './rbd.ts';

/** The names of the groups of a pool: images whose snapshots are taken together. */
export async function listRbdGroups(
  client: CephClient,
  place: RbdPlace,
  options?: WaitOptions,
): Promise<readonly string[]> {
  return (await askCeph(
    client,
    'rbd',
    ['group', 'ls', ...placeArguments(place)],
    options,
  )) as readonly string[];
}

/** The images of a group. */
export async function listRbdGroupImages(
  client: CephClient,
  place: RbdPlace,
  group: string,
  options?: WaitOptions,
): Promise<readonly RbdImage[]> {
  const args = ['group', 'image', 'ls', ...placeArguments(place), `--group=${group}`];
  const images = (await askCeph(client, 'rbd', args, options)) as readonly {
    readonly pool: string;
    readonly namespace?: string;
    readonly image: string;
  }[];
  return images.map(({ pool, namespace, image }) => ({
    pool,
    namespace: namespace === '' ? undefined : namespace,
    image,
  }));
}
