import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askCeph, runCeph } from './cephProgram.ts';
import { imageArguments, type RbdImage } from './rbd.ts';

/**
 * An image, or a pool whose images take what they do not say themselves. `rbd` takes the name of the pool only as a word: one
 * that begins with a dash is refused.
 */
export type RbdConfigTarget = RbdImage | { readonly pool: string };

/** A setting of librbd, as it counts. */
export interface RbdSetting {
  /** `rbd_qos_iops_limit` */
  readonly name: string;
  /** As it was written: `100`, `10M`. */
  readonly value: string;
  /** Where it is from: the image, its pool, or the configuration and defaults of Ceph. */
  readonly source: 'image' | 'pool' | 'config';
}

function targetWords(verb: string, target: RbdConfigTarget): readonly string[] {
  return 'image' in target
    ? ['config', 'image', verb, ...imageArguments(target)]
    : ['config', 'pool', verb, target.pool];
}

/** All settings of librbd that can be given to images, with where each value is from. */
export async function listRbdConfig(
  client: CephClient,
  target: RbdConfigTarget,
  options?: WaitOptions,
): Promise<readonly RbdSetting[]> {
  return (await askCeph(client, 'rbd', targetWords('ls', target), options)) as readonly RbdSetting[];
}

/** Rejects with EINVAL when there is no such setting, or it cannot have this value. */
export async function setRbdConfig(
  client: CephClient,
  target: RbdConfigTarget,
  name: string,
  value: string,
  options?: WaitOptions,
): Promise<void> {
  await runCeph(client, 'rbd', [...targetWords('set', target), name, value], options);
}

/** Rejects with ENOENT when it is not set there. */
export async function removeRbdConfig(
  client: CephClient,
  target: RbdConfigTarget,
  name: string,
  options?: WaitOptions,
): Promise<void> {
  await runCeph(client, 'rbd', [...targetWords('rm', target), name], options);
}
