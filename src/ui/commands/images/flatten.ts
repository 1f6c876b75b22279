import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { flattenRbdImage, getRbdInfo } from '../../../ceph/rbd.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { changeImages, onCluster } from '../clusters/onCluster.ts';
import { objectCommand, type Act } from '../command.ts';

export const flattenImageCommand = objectCommand({
  id: 'libvirt.image.flatten',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, name, cluster } = node;
    const reading = { title: t('Reading the RBD image {0}', name) };
    const { parent, size } = await onCluster(node, services, reading, (client, signal) =>
      getRbdInfo(client, image, { signal }),
    );
    if (!parent) {
      void vscode.window.showInformationMessage(t('{0} is no clone: it depends on nothing.', name));
      return;
    }
    const agreed = await confirm(
      t('Make {0} of the cluster {1} independent of {2}?', imageName(image), cluster.name, imageName(parent)),
      t(
        'What it shares with {0} is copied into it: up to {1} more space. It can be in use meanwhile, and it cannot be taken back. Cancelled, it stays a clone.',
        `${imageName(parent)}@${parent.snapshot}`,
        formatBytes(size),
      ),
      t('Flatten'),
    );
    if (!agreed) return;
    const title = t('Flattening the RBD image {0}', name);
    await changeImages(node, image, services, { title }, (client, signal, report) =>
      flattenRbdImage(client, image, { signal, report }),
    );
  },
  bulk: {
    title: (count) => t('Flattening {0} RBD images', count),
    prepare: async (nodes) => {
      const agreed = await confirmAll(
        nodes,
        t('Make {0} RBD images independent of their parents?', nodes.length),
        t(
          'What they share is copied into each of them. They can be in use meanwhile; it cannot be taken back.',
        ),
        t('Flatten'),
      );
      if (!agreed) return undefined;
      const act: Act<ImageNode> = async (node, _host, signal) => {
        const { cluster, image } = node;
        const { parent } = await getRbdInfo(cluster.client, image, { signal });
        if (!parent) return;
        try {
          await flattenRbdImage(cluster.client, image, { signal });
        } finally {
          cluster.imagesChanged(image);
        }
      };
      return act;
    },
  },
});
