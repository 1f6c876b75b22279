import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph } from './cephProgram.ts';
import { imageArguments, placeArguments, type RbdImage, type RbdPlace } from './rbd.ts';

/** Bytes of an image that really take space, see `rbd du`. */
export interface RbdUsage {
  readonly image: string;
  /** undefined: the image's head. */
  readonly snapshot: string | undefined;
  readonly provisioned: number;
  readonly used: number;
}

interface UsageJson {
  readonly images: readonly {
    readonly name: string;
    readonly snapshot?: string;
    readonly provisioned_size: number;
    readonly used_size: number;
  }[];
}

/** What the image and its snapshots really take. Reads the object maps, or every object where there is none: slow. */
export async function getRbdUsage(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<readonly RbdUsage[]> {
  return measure(client, imageArguments(image), { timeoutMs: 600_000, ...options });
}

/**
 * What all images of a pool and their snapshots really take, as {@link RbdUsage} of each. Reads their object maps, 19 s
 * for 5,000; every object of those without fast-diff. An image that cannot be opened is left out.
 */
export async function getRbdPoolUsage(
  client: CephClient,
  place: RbdPlace,
  options?: WaitOptions,
): Promise<readonly RbdUsage[]> {
  return measure(client, placeArguments(place), { timeoutMs: 3_600_000, ...options });
}

async function measure(
  client: CephClient,
  what: readonly string[],
  options: WaitOptions,
): Promise<readonly RbdUsage[]> {
  const { images } = (await askCeph(client, 'rbd', ['du', ...what], options)) as UsageJson;
  return images.map(({ name, snapshot, provisioned_size, used_size }) => ({
    image: name,
    snapshot,
    provisioned: provisioned_size,
    used: used_size,
  }));
}
