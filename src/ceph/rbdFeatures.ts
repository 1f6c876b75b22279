import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { runCeph, workCeph, type CephRunOptions } from './cephProgram.ts';
import { imageArguments, type RbdImage, type RbdSnapshotName } from './rbd.ts';

/** What an image can do that not every client understands. */
export interface RbdFeature {
  readonly name: string;
  /** Its bit in masks such as 61 or 0x38 (include/rbd/features.h). */
  readonly bit: number;
  /** `fixed`: as the image was made. `off`: it can be switched off for good. `dynamic`: on and off. */
  readonly change: 'fixed' | 'off' | 'dynamic';
  /** The release of librbd that has it; so has QEMU with such a library. */
  readonly librbd: string;
  /** The kernel whose `rbd map` has it; undefined: none. */
  readonly kernel: string | undefined;
}

/** Those of https://docs.ceph.com/en/latest/rbd/rbd-config-ref/#image-features, and those that Ceph sets by itself. */
export const rbdFeatures: readonly RbdFeature[] = [
  { name: 'layering', bit: 0, change: 'fixed', librbd: '0.52 (Bobtail)', kernel: '3.10' },
  { name: 'striping', bit: 1, change: 'fixed', librbd: '0.55 (Bobtail)', kernel: '4.17' },
  { name: 'exclusive-lock', bit: 2, change: 'dynamic', librbd: '0.92 (Hammer)', kernel: '4.9' },
  { name: 'object-map', bit: 3, change: 'dynamic', librbd: '0.93 (Hammer)', kernel: '5.3' },
  { name: 'fast-diff', bit: 4, change: 'dynamic', librbd: '9.0.1 (Infernalis)', kernel: '5.3' },
  { name: 'deep-flatten', bit: 5, change: 'off', librbd: '9.0.2 (Infernalis)', kernel: '5.1' },
  { name: 'journaling', bit: 6, change: 'dynamic', librbd: '10.0.1 (Jewel)', kernel: undefined },
  { name: 'data-pool', bit: 7, change: 'fixed', librbd: '11.1.0 (Kraken)', kernel: '4.11' },
  { name: 'operations', bit: 8, change: 'fixed', librbd: '13.0.2 (Mimic)', kernel: '4.16' },
  { name: 'migrating', bit: 9, change: 'fixed', librbd: '14.0.1 (Nautilus)', kernel: undefined },
  { name: 'non-primary', bit: 10, change: 'fixed', librbd: '15.2.0 (Octopus)', kernel: undefined },
  { name: 'dirty-cache', bit: 11, change: 'fixed', librbd: '16.2.0 (Pacific)', kernel: undefined },
];

/** What a mask stands for: `60`, `0x38`. Bits that nobody knows are given as `2^20`. undefined for what is no mask. */
export function decodeFeatures(mask: string): readonly string[] | undefined {
  const text = mask.trim();
  if (!/^(?:\d+|0x[0-9a-f]+)$/i.test(text)) return undefined;
  let left = BigInt(text);
  if (left >= 2n ** 64n) return undefined;
  const names: string[] = [];
  for (let bit = 0; left > 0n; bit += 1, left >>= 1n)
    if ((left & 1n) === 1n)
      names.push(rbdFeatures.find((feature) => feature.bit === bit)?.name ?? `2^${bit}`);
  return names;
}

/** The mask of these features; names that are none count nothing. */
export function encodeFeatures(names: Iterable<string>): number {
  const bits = new Set(names);
  return rbdFeatures.reduce((mask, { name, bit }) => (bits.has(name) ? mask + 2 ** bit : mask), 0);
}

/**
 * Switches features on or off, also of an image that is open: its clients are asked for the lock and go on. Rejects with
 * EINVAL when one of them is so already, when another one needs it, or when it cannot change.
 */
export async function changeRbdFeatures(
  client: CephClient,
  image: RbdImage,
  verb: 'enable' | 'disable',
  features: readonly string[],
  options?: WaitOptions,
): Promise<void> {
  await runCeph(client, 'rbd', ['feature', verb, ...imageArguments(image), ...features], options);
}

/** Looks at every object and notes whether it is there: until then fast-diff and `rbd du` are as slow as without. */
export async function rebuildObjectMap(
  client: CephClient,
  image: RbdImage | RbdSnapshotName,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(client, 'rbd', ['object-map', 'rebuild', ...imageArguments(image)], options);
}

/** Compares the object map with the objects. What does not fit is noted in the image: see its flags afterwards. */
export async function checkObjectMap(
  client: CephClient,
  image: RbdImage | RbdSnapshotName,
  options?: CephRunOptions,
): Promise<void> {
  await workCeph(client, 'rbd', ['object-map', 'check', ...imageArguments(image)], options);
}
