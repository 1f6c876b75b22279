import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { ClusterStatus } from '../../../ceph/clusterStatus.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { hindranceInWords } from '../../../hosts/clusters/hindranceWords.ts';
import { healthWord } from './healthWords.ts';

/** Beside the name of the cluster: how it is, or why that is not known. */
export function clusterInWords(cluster: CephCluster): string {
  const { value, error } = cluster.status;
  if (!cluster.route) {
    const [hindrance] = cluster.hindrances;
    return hindrance ? t('out of reach: {0}', hindranceInWords(hindrance)) : t('no connected host knows it');
  }
  if (error !== undefined) return messageOf(error);
  if (!value) return t('Ceph cluster');
  return [
    healthWord(value.health),
    fullnessInWords(value),
    t('{0} free ({1}% used)', formatBytes(value.availableBytes), usedPercent(value)),
  ]
    .filter((text) => text !== undefined)
    .join(' · ');
}

export function usedPercent({ usedBytes, totalBytes }: ClusterStatus): number {
  return totalBytes === 0 ? 0 : Math.round((usedBytes / totalBytes) * 100);
}

/** What Ceph says of how full it is, in words; undefined when there is room. */
export function fullnessInWords({ checks }: ClusterStatus): string | undefined {
  const complains = (...codes: readonly string[]): boolean => codes.some((code) => checks.includes(code));
  if (complains('OSD_FULL', 'POOL_FULL')) return t('full: writes are stopped');
  if (complains('OSD_BACKFILLFULL', 'POOL_BACKFILLFULL')) return t('too full to move data');
  if (complains('OSD_NEARFULL', 'POOL_NEARFULL')) return t('nearly full');
  return undefined;
}

export function clusterColor({
  route,
  status: { value, error },
}: CephCluster): vscode.ThemeColor | undefined {
  if (!route) return undefined;
  if (error !== undefined) return new vscode.ThemeColor('list.errorForeground');
  switch (value?.health) {
    case 'HEALTH_OK':
      return new vscode.ThemeColor('testing.iconPassed');
    case 'HEALTH_WARN':
      return new vscode.ThemeColor('list.warningForeground');
    case 'HEALTH_ERR':
      return new vscode.ThemeColor('list.errorForeground');
    case undefined:
      return undefined;
  }
}
