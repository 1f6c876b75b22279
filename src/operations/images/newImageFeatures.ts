/** The features that an image can be made with; the others (data-pool, migrating ...) Ceph sets by itself. */
export const choosableFeatures = [
  'layering',
  'exclusive-lock',
  'object-map',
  'fast-diff',
  'deep-flatten',
  'journaling',
] as const;

export type ChoosableFeature = (typeof choosableFeatures)[number];

/** What a feature cannot be without; Ceph drops it silently then, or refuses. */
const needs: Readonly<Partial<Record<ChoosableFeature, ChoosableFeature>>> = {
  'object-map': 'exclusive-lock',
  'fast-diff': 'object-map',
  journaling: 'exclusive-lock',
};

/** What is chosen, and what that needs, in Ceph's order. */
export function withNeededFeatures(chosen: readonly ChoosableFeature[]): readonly ChoosableFeature[] {
  const all = new Set(chosen);
  for (const feature of chosen)
    for (let needed = needs[feature]; needed; needed = needs[needed]) all.add(needed);
  return choosableFeatures.filter((feature) => all.has(feature));
}

/** What the kernel of any distribution can map, and what QEMU of any age opens. */
export const oldClientFeatures: readonly ChoosableFeature[] = ['layering'];

/** librbd's bounds of an object's size, in bytes: 4 KiB to 32 MiB. */
export const objectSizes: readonly number[] = [12, 16, 18, 20, 21, 22, 23, 24, 25].map((order) => 2 ** order);
export const defaultObjectSize = 2 ** 22;

/** The object map of librbd holds so many objects at most. */
const mostObjects = 256_000_000;

/** The largest image in bytes that can have an object map. */
export function largestMapped(objectSize: number): number {
  return mostObjects * objectSize;
}
