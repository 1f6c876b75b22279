import { t } from '../../../base/l10n.ts';
import type { ClusterStatus } from '../../../ceph/clusterStatus.ts';

/** How many placement groups are not as they should be; undefined when all are. */
export function placementGroupsInWords({
  placementGroups,
  placementGroupStates,
}: ClusterStatus): string | undefined {
  const clean = [...placementGroupStates]
    .filter(([state]) => state.startsWith('active+clean'))
    .reduce((sum, [, count]) => sum + count, 0);
  return clean < placementGroups
    ? t('{0} of {1} placement groups active and clean', clean, placementGroups)
    : undefined;
}

/** All states, the most common first: `30 active+clean, 3 peering`. */
export function placementGroupStates({ placementGroupStates: states }: ClusterStatus): string {
  return [...states]
    .sort(([, a], [, b]) => b - a)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}
