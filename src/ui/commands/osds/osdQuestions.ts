import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { OsdNode } from '../../explorer/clusters/osdNode.ts';

/** The clusters of these rows, each with its OSDs. */
export function byCluster(nodes: readonly OsdNode[]): ReadonlyMap<CephCluster, readonly OsdNode[]> {
  const all = new Map<CephCluster, readonly OsdNode[]>();
  for (const node of nodes) all.set(node.cluster, [...(all.get(node.cluster) ?? []), node]);
  return all;
}

export function namesInCluster(nodes: readonly OsdNode[]): string {
  return nodes.map(({ name }) => name).join(', ');
}

/**
 * What is to be said of the space before data moves away from these OSDs: whether the others have room for it. undefined
 * where the fill is not known, or there is room.
 */
export function roomInWords(cluster: CephCluster, leaving: readonly OsdNode[]): string | undefined {
  const { osds, osdUsage, osdMap } = cluster;
  if (!osds.value || !osdUsage.value) return undefined;
  const usage = osdUsage.value;
  const ids = new Set(leaving.map(({ osdId }) => osdId));
  const staying = osds.value.osds.filter(({ id, isIn }) => isIn && !ids.has(id));
  const sum = (of: 'total' | 'used', list: Iterable<number>): number =>
    [...list].reduce((all, id) => all + (usage.get(id)?.[of] ?? 0), 0);
  const moving = sum('used', ids);
  const total = sum(
    'total',
    staying.map(({ id }) => id),
  );
  const used =
    sum(
      'used',
      staying.map(({ id }) => id),
    ) + moving;
  if (staying.length === 0) return t('No other OSD is in: its data has nowhere to go.');
  const limit = osdMap.value?.nearfullRatio ?? 0.85;
  if (total === 0 || used / total < limit) return undefined;
  return t(
    '{0} of data would have to move, and the other OSDs would be {1}% full then: more than the {2}% that Ceph warns at.',
    formatBytes(moving),
    Math.round((used / total) * 100),
    Math.round(limit * 100),
  );
}
