import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { CephPool, CephPoolUsage } from '../../../ceph/cephPools.ts';

/** `×3` or `EC 4+2`. */
export function redundancyInWords({ type, size, chunks }: CephPool): string {
  if (type === 'replicated') return `×${size}`;
  return chunks ? `EC ${chunks.data}+${chunks.coding}` : t('EC of {0} chunks', size);
}

/** `32 PGs`, or `32 → 128 PGs` while Ceph splits or merges them. */
export function groupsInWords({ placementGroups, placementGroupsTarget }: CephPool): string {
  if (placementGroups !== placementGroupsTarget)
    return t('{0} → {1} PGs', placementGroups, placementGroupsTarget);
  return placementGroups === 1 ? t('1 PG') : t('{0} PGs', placementGroups);
}

/** What needs a person's attention, in a few words each; the worst first. */
export function troublesOf(pool: CephPool, usage: CephPoolUsage | undefined): readonly PoolTrouble[] {
  const { flags, applications, size, minSize, type } = pool;
  const isQuotaReached = flags.includes('full_quota');
  const found: (PoolTrouble | false)[] = [
    isQuotaReached && { isError: true, words: t('quota reached: nothing can be written') },
    flags.includes('full') && !isQuotaReached && { isError: true, words: t('full: nothing can be written') },
    flags.includes('backfillfull') && { isError: false, words: t('too full to recover') },
    flags.includes('nearfull') && { isError: false, words: t('nearly full') },
    isNearQuota(pool, usage) && { isError: false, words: t('near its quota') },
    applications.length === 0 && { isError: false, words: t('no application') },
    type === 'replicated' && size === 1 && { isError: false, words: t('a single copy') },
    type === 'replicated' &&
      size > 1 &&
      minSize === 1 && { isError: false, words: t('goes on with one copy') },
  ];
  return found.filter((trouble) => trouble !== false);
}

export interface PoolTrouble {
  readonly isError: boolean;
  readonly words: string;
}

/** Where Ceph's own warning begins (`mon_pool_quota_warn_threshold` is off by default). */
const nearQuota = 0.9;

function isNearQuota(
  { quotaBytes, quotaObjects, flags }: CephPool,
  usage: CephPoolUsage | undefined,
): boolean {
  if (!usage || flags.includes('full_quota')) return false;
  return (
    (quotaBytes > 0 && usage.stored >= quotaBytes * nearQuota) ||
    (quotaObjects > 0 && usage.objects >= quotaObjects * nearQuota)
  );
}

/** `5 GiB, 1000 objects`; undefined when there is none. */
export function quotaInWords({ quotaBytes, quotaObjects }: CephPool): string | undefined {
  const parts = [
    ...(quotaBytes > 0 ? [formatBytes(quotaBytes)] : []),
    ...(quotaObjects > 0 ? [t('{0} objects', quotaObjects)] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
