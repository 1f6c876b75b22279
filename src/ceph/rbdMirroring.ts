import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph } from './cephProgram.ts';
import { imageArguments, placeArguments, type RbdImage, type RbdPlace } from './rbd.ts';

/** Whether and with whom the images of a pool are mirrored. */
export interface RbdPoolMirroring {
  /** `pool`: all with journaling; `image`: those that are chosen. */
  readonly mode: 'disabled' | 'pool' | 'image';
  /** What this cluster is called there. */
  readonly site: string | undefined;
  /** What the others are called. */
  readonly peers: readonly string[];
}

/** What `rbd mirror pool info` tells. */
export async function getRbdPoolMirroring(
  client: CephClient,
  place: RbdPlace,
  options?: WaitOptions,
): Promise<RbdPoolMirroring> {
  const args = ['mirror', 'pool', 'info', ...placeArguments(place)];
  const info = (await askCeph(client, 'rbd', args, options)) as {
    readonly mode: string;
    readonly site_name?: string;
    readonly peers?: readonly { readonly site_name: string }[];
  };
  return {
    mode: info.mode === 'pool' || info.mode === 'image' ? info.mode : 'disabled',
    site: info.site_name,
    peers: (info.peers ?? []).map(({ site_name }) => site_name),
  };
}

/** How far the mirroring of an image is. */
export interface RbdMirrorStatus {
  /** `up+replaying`, `up+stopped`, `down+unknown` ... */
  readonly state: string;
  readonly description: string;
  /** As Ceph writes it; empty when nothing was ever mirrored. */
  readonly lastUpdate: string;
}

/** What `rbd mirror image status` tells. Rejects with EINVAL when the image is not mirrored. */
export async function getRbdMirrorStatus(
  client: CephClient,
  image: RbdImage,
  options?: WaitOptions,
): Promise<RbdMirrorStatus> {
  const args = ['mirror', 'image', 'status', ...imageArguments(image)];
  const status = (await askCeph(client, 'rbd', args, options)) as {
    readonly state: string;
    readonly description?: string;
    readonly last_update?: string;
  };
  const { state, description = '', last_update = '' } = status;
  return { state, description, lastUpdate: last_update };
}
