import type { RbdUsage } from '../../../ceph/rbdUsage.ts';

/** What an image takes, in bytes. */
export interface ImageUsage {
  readonly image: string;
  readonly provisioned: number;
  /** Since its last snapshot. */
  readonly used: number;
  /** Of all its snapshots. */
  readonly snapshots: number;
}

/** One entry an image, those that take most first. */
export function poolUsage(usage: readonly RbdUsage[]): readonly ImageUsage[] {
  const images = new Map<string, ImageUsage>();
  for (const { image, snapshot, provisioned, used } of usage) {
    const known = images.get(image) ?? { image, provisioned, used: 0, snapshots: 0 };
    images.set(
      image,
      snapshot === undefined
        ? { ...known, provisioned, used: known.used + used }
        : { ...known, snapshots: known.snapshots + used },
    );
  }
  const total = ({ used, snapshots }: ImageUsage): number => used + snapshots;
  return [...images.values()].sort((a, b) => total(b) - total(a) || a.image.localeCompare(b.image));
}
