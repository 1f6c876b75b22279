import { t } from '../../../base/l10n.ts';
import { unprotectSnapshot } from '../../../operations/images/changeSnapshots.ts';
import type { ImageSnapshotNode } from '../../explorer/clusters/imageSnapshotNode.ts';
import { changeImages } from '../clusters/onCluster.ts';
import { objectCommand, type Act } from '../command.ts';
import { snapshotOf } from './snapshotOf.ts';

export const unprotectImageSnapshotCommand = objectCommand({
  id: 'libvirt.imageSnapshot.unprotect',
  on: { kinds: ['imageSnapshot'], traits: ['connected', 'protected'] },
  run: async (node, services) => {
    const title = t('Unprotecting the snapshot {0} of {1}', node.name, node.image.name);
    await changeImages(node, node.image.image, services, { title }, (client, signal) =>
      unprotectSnapshot(client, snapshotOf(node), { signal }),
    );
  },
  bulk: {
    title: (count) => t('Unprotecting {0} snapshots', count),
    prepare: () =>
      Promise.resolve<Act<ImageSnapshotNode>>(async (node, _host, signal) => {
        try {
          await unprotectSnapshot(node.cluster.client, snapshotOf(node), { signal });
        } finally {
          node.cluster.imagesChanged(node.image.image);
        }
      }),
  },
});
