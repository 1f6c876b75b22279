import { t } from '../../../base/l10n.ts';
import { listRbdChildren } from '../../../ceph/rbd.ts';
import { deleteSnapshot, listOfImages, snapshotName } from '../../../operations/images/changeSnapshots.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import type { ImageSnapshotNode } from '../../explorer/clusters/imageSnapshotNode.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { changeImages, onCluster } from '../clusters/onCluster.ts';
import { objectCommand, type Act } from '../command.ts';
import { snapshotOf } from './snapshotOf.ts';

export const deleteImageSnapshotCommand = objectCommand({
  id: 'libvirt.imageSnapshot.delete',
  on: { kinds: ['imageSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, cluster, image } = node;
    const isProtected = node.snapshot.protected;
    const snapshot = snapshotOf(node);
    const looking = { title: t('Looking for clones of {0}', name) };
    const clones = await onCluster(node, services, looking, (client, signal) =>
      listRbdChildren(client, snapshot, { signal }),
    );
    if (clones.length > 0 && isProtected) {
      throw new ImageProblem(
        'has-children',
        t(
          '{0} is not deleted: these images are clones of it: {1}.',
          snapshotName(snapshot),
          listOfImages(clones),
        ),
        { advice: t('Flatten or delete these images first.') },
      );
    }
    const agreed = await confirm(
      t('Delete the snapshot {0} of the cluster {1}?', snapshotName(snapshot), cluster.name),
      [
        t('What {0} held then is lost; it stays as it is now.', image.name),
        ...(isProtected ? [t('It is protected, and unprotected first.')] : []),
        ...(clones.length > 0
          ? [
              t(
                'Its clones go on: {0}. Ceph keeps what they need until they are flattened or deleted.',
                listOfImages(clones),
              ),
            ]
          : []),
      ].join('\n\n'),
      t('Delete'),
    );
    if (!agreed) return;
    const title = t('Deleting the snapshot {0} of {1}', name, image.name);
    await changeImages(node, image.image, services, { title }, (client, signal, report) =>
      deleteSnapshot(client, snapshot, { isProtected, signal, report }),
    );
  },
  bulk: {
    title: (count) => t('Deleting {0} snapshots', count),
    prepare: async (nodes) => {
      const agreed = await confirmAll(
        nodes.map((node) => ({ name: snapshotName(snapshotOf(node)), host: node.host })),
        t('Delete {0} snapshots of RBD images?', nodes.length),
        t(
          'What the images held then is lost; they stay as they are now. Protected ones are unprotected first, unless they have clones.',
        ),
        t('Delete Snapshots'),
      );
      if (!agreed) return undefined;
      const act: Act<ImageSnapshotNode> = async (node, _host, signal) => {
        try {
          const isProtected = node.snapshot.protected;
          await deleteSnapshot(node.cluster.client, snapshotOf(node), { isProtected, signal });
        } finally {
          node.cluster.imagesChanged(node.image.image);
        }
      };
      return act;
    },
  },
});
