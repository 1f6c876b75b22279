import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { restoreRbdImage } from '../../../ceph/rbdTrash.ts';
import { freeImageName, refuseImageName } from '../../../operations/images/imageNames.ts';
import type { TrashedImageNode } from '../../explorer/clusters/trashNode.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeImages } from '../clusters/onCluster.ts';
import { objectCommand, type Act } from '../command.ts';
import { BulkChanges } from '../images/bulkChanges.ts';
import { ImagePlaces, placeName } from '../images/askImage.ts';

/** Asks for a name only where another image has its own by now. */
export const restoreImageCommand = objectCommand({
  id: 'libvirt.trash.restore',
  on: { kinds: ['trashedImage'], traits: ['connected'] },
  run: async (node, services) => {
    const { place, name, imageId, cluster } = node;
    const taken = await new ImagePlaces(cluster).taken(place);
    const newName = taken.has(name)
      ? await wizard(t('Restore the RBD Image {0}', name), (ask) =>
          ask.text({
            prompt: t(
              'There is another image {0} in {1} by now. The name for this one.',
              name,
              placeName(place),
            ),
            value: freeImageName(`${name}-restored`, taken),
            refusal: (given) => refuseImageName(given, taken),
          }),
        )
      : name;
    if (newName === undefined) return;
    const title = t('Restoring the RBD image {0}', newName);
    await changeImages(node, place, services, { title }, (client, signal) =>
      restoreRbdImage(client, place, imageId, { signal, ...(newName !== name && { name: newName }) }),
    );
    void vscode.window.showInformationMessage(
      t('The RBD image {0} is in {1} again.', newName, placeName(place)),
    );
  },
  bulk: {
    title: (count) => t('Restoring {0} RBD images', count),
    prepare: (_nodes, services) => {
      const changes = new BulkChanges(services);
      return Promise.resolve<Act<TrashedImageNode>>(async (node, _host, signal) => {
        const { cluster, place, imageId } = node;
        try {
          await restoreRbdImage(cluster.client, place, imageId, { signal });
        } finally {
          changes.changed(node, place);
        }
      });
    },
  },
});
