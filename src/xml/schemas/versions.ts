import type { SchemaSet } from './schemaSet.ts';

/** Negative when `a` is the older of two versions such as `9.0.0` and `11.3.0`; one that is not known is the oldest. */
export function compareVersions(a: string | undefined, b: string | undefined): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (const [at, number] of left.entries()) {
    const difference = number - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Always three, -1 when the version is not known. */
function numbersOf(version: string | undefined): readonly number[] {
  const parts = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version ?? '');
  return parts === null ? [-1, 0, 0] : parts.slice(1).map((part) => Number.parseInt(part, 10) || 0);
}

/**
 * The set to judge documents of a libvirt by: of the same version; else the oldest of those that are newer, as libvirt
 * goes on to take what it took; else the newest. Without a version the newest. Of two with one version the first given.
 */
export function closestSet(sets: readonly SchemaSet[], version: string | undefined): SchemaSet | undefined {
  const sorted = sets.toSorted((a, b) => compareVersions(a.version, b.version));
  const newest = sorted.at(-1)?.version;
  const isNotOlder = (set: SchemaSet): boolean => compareVersions(set.version, version ?? newest) >= 0;
  return sorted.find(isNotOlder) ?? sorted.find((set) => set.version === newest);
}
