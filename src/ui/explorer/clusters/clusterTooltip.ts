import type * as vscode from 'vscode';
import { messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { OsdMap } from '../../../ceph/osdMap.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { hindranceInWords } from '../../../hosts/clusters/hindranceWords.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';
import { fullnessInWords, usedPercent } from './clusterWords.ts';
import { placementGroupStates } from './placementGroups.ts';

export function clusterTooltip(cluster: CephCluster): vscode.MarkdownString {
  const { value, error } = cluster.status;
  const { route } = cluster;
  cluster.osdMap.want();
  const map = cluster.osdMap.value;
  const refused = cluster.routes.flatMap((other) => {
    const failure = cluster.failureOf(other);
    return failure === undefined
      ? []
      : [t('client.{0} on {1} was refused: {2}', other.clientId, other.session.name, messageOf(failure))];
  });
  return tooltip(
    heading(t('Ceph cluster {0}', cluster.name)),
    error === undefined
      ? undefined
      : plain(sentences(messageOf(error), error instanceof Problem ? error.advice : undefined)),
    facts([
      [t('fsid'), cluster.id],
      [t('Seen from'), cluster.clients.map(({ name }) => name).join(', ')],
      [t('Client'), route && t('client.{0} on {1}', route.clientId, cluster.host.name)],
      [t('Capacity'), value && formatBytes(value.totalBytes)],
      [t('Used'), value && `${formatBytes(value.usedBytes)} (${usedPercent(value)}%)`],
      [t('Fullness'), value && fullnessInWords(value)],
      [t('Limits of an OSD'), map && limitsInWords(map)],
      [t('Placement groups'), value && placementGroupStates(value)],
      [t('Monitors'), value && t('{0} of {1} in quorum', value.quorum.length, value.monitors)],
      [t('OSDs'), value && t('{0}: {1} up, {2} in', value.osds, value.osdsUp, value.osdsIn)],
      [t('Flags'), map && map.flags.length > 0 ? map.flags.join(', ') : undefined],
    ]),
    plain([...cluster.hindrances.map(hindranceInWords), ...refused].join('\n')),
  );
}

function limitsInWords({ nearfullRatio, backfillfullRatio, fullRatio }: OsdMap): string {
  return t(
    'a warning at {0}%, no data is moved to it at {1}%, writes stop at {2}%',
    percent(nearfullRatio),
    percent(backfillfullRatio),
    percent(fullRatio),
  );
}

function percent(ratio: number): number {
  return Math.round(ratio * 1000) / 10;
}
