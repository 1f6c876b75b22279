import type * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { CephPool, CephPoolUsage } from '../../../ceph/cephPools.ts';
import type { PoolOver } from '../../../hosts/clusters/poolsOver.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';
import { groupsInWords, quotaInWords, redundancyInWords, troublesOf } from './cephPoolWords.ts';

/** @param over the storage pools of libvirt over it; undefined where they are not known */
export function cephPoolTooltip(
  pool: CephPool,
  usage: CephPoolUsage | undefined,
  over: readonly PoolOver[] | undefined,
): vscode.MarkdownString {
  const troubles = troublesOf(pool, usage).map(({ words }) => words);
  const lasting = ['nodelete', 'nopgchange', 'nosizechange', 'noscrub', 'nodeep-scrub', 'bulk'];
  const flags = pool.flags.filter((flag) => lasting.includes(flag));
  return tooltip(
    heading(t('Ceph pool {0}', pool.name)),
    troubles.length === 0 ? undefined : plain(troubles.join('; ')),
    facts([
      [t('Application'), pool.applications.length === 0 ? t('none') : pool.applications.join(', ')],
      [
        t('Redundancy'),
        pool.type === 'replicated'
          ? t('{0}: written while {1} are there', redundancyInWords(pool), pool.minSize)
          : t(
              '{0} (profile {1}): written while {2} are there',
              redundancyInWords(pool),
              pool.erasureCodeProfile ?? '',
              pool.minSize,
            ),
      ],
      [t('Stored'), usage && t('{0} in {1} objects', formatBytes(usage.stored), usage.objects)],
      [t('Used on disks'), usage && formatBytes(usage.used)],
      [t('Free'), usage && formatBytes(usage.available)],
      [t('Placement groups'), groupsInWords(pool)],
      [t('Autoscaling'), autoscaleInWords(pool)],
      [t('Quota'), quotaInWords(pool) ?? t('none')],
      [t('Flags'), flags.length === 0 ? undefined : flags.join(', ')],
      [
        t('Storage pools over it'),
        over &&
          (over.length === 0
            ? t('none')
            : over.map(({ pool: { name }, session }) => t('{0} on {1}', name, session.name)).join(', ')),
      ],
    ]),
  );
}

function autoscaleInWords({ autoscale, targetRatio }: CephPool): string {
  return targetRatio > 0 ? t('{0}, expected share {1}', autoscale, targetRatio) : autoscale;
}
