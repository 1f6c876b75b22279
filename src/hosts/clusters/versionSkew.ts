import { t } from '../../base/l10n.ts';
import { compareVersions, majorOf, releaseOf } from '../../ceph/versions.ts';

export interface CountedVersion {
  readonly version: string;
  readonly count: number;
}

/** One version, or who runs which: `3 of 5 run 16.2.13, the others 16.2.15`. Empty for nothing. */
export function versionsInWords(versions: readonly CountedVersion[]): string {
  const sorted = [...versions].sort((a, b) => compareVersions(a.version, b.version));
  const [oldest, next, ...more] = sorted;
  if (!oldest) return '';
  if (!next) return oldest.version;
  if (more.length > 0) return sorted.map(({ version, count }) => t('{0} on {1}', version, count)).join(', ');
  const total = oldest.count + next.count;
  return t('{0} of {1} run {2}, the others {3}', oldest.count, total, oldest.version, next.version);
}

/** All versions from the oldest to the newest: `16.2.15 (pacific)`, `16.2.13 to 17.2.7`. */
export function versionRange(versions: readonly string[]): string {
  const sorted = [...versions].sort(compareVersions);
  const [oldest, newest] = [sorted[0], sorted.at(-1)];
  if (oldest === undefined || newest === undefined) return '';
  if (oldest !== newest) return t('different versions: {0} to {1}', oldest, newest);
  const release = releaseOf(oldest);
  return release === undefined ? oldest : `${oldest} (${release})`;
}

/** How a client's library is to the cluster, where that is worth a word. */
export function clientSkewInWords(librbd: string, cluster: string): string | undefined {
  const difference = majorOf(cluster) - majorOf(librbd);
  if (difference > 2)
    return t('{0} releases older than the cluster: more than Ceph supports, upgrade it', difference);
  if (difference > 0) return t('older than the cluster: it works without what is newer');
  if (difference < 0) return t('newer than the cluster');
  return undefined;
}
