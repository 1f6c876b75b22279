import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { OsdFlag } from '../../../ceph/osdMap.ts';
import type { Osd } from '../../../ceph/osds.ts';
import type { Fill } from '../../../ceph/osdUsage.ts';

/** `up, in`, with what is unusual of it. */
export function osdStateInWords(osd: Osd): string {
  const state = whereabouts(osd);
  if (!osd.isIn || osd.reweight >= 1) return state;
  return t('{0}, reweight {1}', state, Math.round(osd.reweight * 100) / 100);
}

function whereabouts({ isUp, isIn }: Osd): string {
  if (isUp) return isIn ? t('up, in') : t('up, out');
  return isIn ? t('down, in') : t('down, out');
}

export function fillInWords({ used, total }: Fill): string | undefined {
  if (total === 0) return undefined;
  return t('{0}% of {1} used', Math.round((used / total) * 100), formatBytes(total));
}

/** What a flag of the cluster does. */
export function flagInWords(flag: OsdFlag): string {
  switch (flag) {
    case 'noout':
      return t('An OSD that is down stays in: its data is not copied elsewhere. For short maintenance.');
    case 'norebalance':
      return t('Data is not moved to even out the OSDs; what lost a replica is still restored.');
    case 'nobackfill':
      return t('Placement groups are not copied to other OSDs.');
    case 'norecover':
      return t('What was missed while an OSD was down is not restored: data stays less safe.');
    case 'noin':
      return t('An OSD that comes up again is not taken in.');
    case 'noup':
      return t('No OSD can come up.');
    case 'nodown':
      return t('No OSD is taken for down, even when it does not answer: requests to it hang.');
    case 'noscrub':
      return t('Replicas are not compared.');
    case 'nodeep-scrub':
      return t('The content of replicas is not compared: silent corruption is not found.');
    case 'nosnaptrim':
      return t('The space of removed snapshots is not given back.');
    case 'pause':
      return t('All reads and writes of all clients stop: running domains hang.');
  }
}
