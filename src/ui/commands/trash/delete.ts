import { t } from '../../../base/l10n.ts';
import { listRbdTrash, type RbdTrashedImage } from '../../../ceph/rbdTrash.ts';
import { listTrashedSnapshots } from '../../../ceph/rbdTrashSnapshots.ts';
import { deleteTrashed } from '../../../operations/images/deleteTrashed.ts';
import { cephTimeText } from '../../explorer/clusters/cephTime.ts';
import type { TrashedImageNode } from '../../explorer/clusters/trashNode.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { changeImages, onCluster } from '../clusters/onCluster.ts';
import { objectCommand, type Act } from '../command.ts';
import { placeName } from '../images/askImage.ts';

export const deleteTrashedImageCommand = objectCommand({
  id: 'libvirt.trash.delete',
  on: { kinds: ['trashedImage'], traits: ['connected'] },
  run: async (node, services) => {
    const { place, name, imageId: id, cluster } = node;
    const reading = { title: t('Reading the trash of {0}', placeName(place)) };
    const { image, snapshots } = await onCluster(node, services, reading, async (client, signal) => {
      const trash = await listRbdTrash(client, place, { signal });
      return {
        image: trash.find((one) => one.id === id),
        snapshots: await listTrashedSnapshots(client, { place, id }, { signal }),
      };
    });
    const agreed = await confirm(
      t('Delete {0} in the trash of {1} of the cluster {2} for good?', name, placeName(place), cluster.name),
      [
        t('All its data is lost, and cannot be brought back.'),
        ...(image ? remarksOn(image) : []),
        ...(snapshots.length > 0
          ? [t('Its snapshots go first: {0}.', snapshots.map((one) => one.name).join(', '))]
          : []),
      ].join('\n\n'),
      t('Delete for Good'),
    );
    if (!agreed) return;
    const title = t('Deleting {0} in the trash of {1}', name, placeName(place));
    await changeImages(node, place, services, { title }, (client, signal, report) =>
      deleteTrashed(client, place, { id, name }, { signal, report }),
    );
  },
  bulk: {
    title: (count) => t('Deleting {0} images in the trash', count),
    prepare: async (nodes) => {
      const agreed = await confirmAll(
        nodes,
        t('Delete {0} images in the trash for good?', nodes.length),
        t(
          'All their data is lost, and cannot be brought back: also of those that are protected for some time yet.',
        ),
        t('Delete for Good'),
      );
      if (!agreed) return undefined;
      const act: Act<TrashedImageNode> = async ({ cluster, place, imageId, name }, _host, signal) => {
        try {
          await deleteTrashed(cluster.client, place, { id: imageId, name }, { signal });
        } finally {
          cluster.imagesChanged(place);
        }
      };
      return act;
    },
  },
});

function remarksOn({ protectedUntil, source }: RbdTrashedImage): readonly string[] {
  return [
    ...(protectedUntil === undefined
      ? []
      : [t('Whoever moved it there wanted it kept until {0}.', cephTimeText(protectedUntil))]),
    ...(source === 'parent'
      ? [t('It was deleted, and is kept as long as clones of its snapshots need it.')]
      : []),
    ...(source === 'mirroring' ? [t('Mirroring has moved it there.')] : []),
  ];
}
