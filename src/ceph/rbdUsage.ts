import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph } from './cephProgram.ts';
import { placeArguments, type RbdPlace, type RbdUsage } from './rbd.ts';

/**
 * What all images of a pool and their snapshots really take, as {@link RbdUsage} of each. Reads their object maps, 19 s
 * for 5,000; every object of those without fast-diff. An image that cannot be opened is left out.
 */
export async function getRbdPoolUsage(
  client: CephClient,
  place: RbdPlace,
  options?: WaitOptions,
): Promise<readonly RbdUsage[]> {
  const { images } = (await askCeph(client, 'rbd', ['du', ...placeArguments(place)], {
    timeoutMs: 3_600_000,
    ...options,
  })) as {
    readonly images: readonly {
      readonly name: string;
      readonly snapshot?: string;
      readonly provisioned_size: number;
      readonly used_size: number;
    }[];
  };
  return images.map(({ name, snapshot, provisioned_size, used_size }) => ({
    image: name,
    snapshot,
    provisioned: provisioned_size,
    used: used_size,
  }));
}
