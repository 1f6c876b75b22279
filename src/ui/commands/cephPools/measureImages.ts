import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { RbdPlace } from '../../../ceph/rbd.ts';
import { getRbdPoolUsage, type RbdUsage } from '../../../ceph/rbdUsage.ts';
import { objectCommand } from '../command.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { columns } from '../reports/columns.ts';
import { showReport } from '../reports/showReport.ts';
import { poolUsage, type ImageUsage } from './poolUsage.ts';

/** What the images of a pool, or of a namespace, really take: the biggest first. */
export const measureImagesCommand = objectCommand({
  id: 'libvirt.cephPool.measureImages',
  on: { kinds: ['cephPool', 'cephNamespace'], traits: ['connected'] },
  run: async (node, services) => {
    const place: RbdPlace = node.kind === 'cephPool' ? { pool: node.name, namespace: undefined } : node.place;
    const name = place.namespace === undefined ? place.pool : `${place.pool}/${place.namespace}`;
    const progress = {
      title: t('Measuring the images of {0}', name),
      patience: {
        afterMs: 3000,
        message: t('Ceph looks at every image: about 20 s for 5,000, longer for those without fast-diff.'),
      },
    };
    const usage = await onCluster(node, services, progress, (client, signal) =>
      getRbdPoolUsage(client, place, { signal }),
    );
    await showReport(t('Real use of {0}', name), report(name, usage));
  },
});

function report(name: string, usage: readonly RbdUsage[]): readonly string[] {
  const images = poolUsage(usage);
  const sum = (of: (image: ImageUsage) => number): string =>
    formatBytes(images.reduce((total, image) => total + of(image), 0));
  return [
    t('The images of the Ceph pool {0}, the biggest first', name),
    t(
      '{0} images of {1} take {2}, and their snapshots {3}, before replication.',
      images.length,
      sum(({ provisioned }) => provisioned),
      sum(({ used }) => used),
      sum(({ snapshots }) => snapshots),
    ),
    '',
    ...columns([
      [t('Used'), t('By snapshots'), t('Size'), t('Image')],
      ...images.map(({ image, used, snapshots, provisioned }) => [
        formatBytes(used),
        snapshots === 0 ? '–' : formatBytes(snapshots),
        formatBytes(provisioned),
        image,
      ]),
    ]),
  ];
}
