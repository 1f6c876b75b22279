import { t } from '../../../base/l10n.ts';
import { protectRbdSnapshot } from '../../../ceph/rbd.ts';
import type { ImageSnapshotNode } from '../../explorer/clusters/imageSnapshotNode.ts';
import { changeImages } from '../clusters/onCluster.ts';
import { objectCommand, type Act } from '../command.ts';
import { snapshotOf } from './snapshotOf.ts';

export const protectImageSnapshotCommand = objectCommand({
  id: 'libvirt.imageSnapshot.protect',
  on: { kinds: ['imageSnapshot'], traits: ['connected', 'unprotected'] },
  run: async (node, services) => {
    const title = t('Protecting the snapshot {0} of {1}', node.name, node.image.name);
    await changeImages(node, node.image.image, services, { title }, (client, signal) =>
      protectRbdSnapshot(client, snapshotOf(node), { signal }),
    );
  },
  bulk: {
    title: (count) => t('Protecting {0} snapshots', count),
    prepare: () =>
      Promise.resolve<Act<ImageSnapshotNode>>(async (node, _host, signal) => {
        try {
          await protectRbdSnapshot(node.cluster.client, snapshotOf(node), { signal });
        } finally {
          node.cluster.imagesChanged(node.image.image);
        }
      }),
  },
});
