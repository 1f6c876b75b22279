import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { listRbdTrash, type RbdTrashedImage } from '../../../ceph/rbdTrash.ts';
import { deleteAllTrashed } from '../../../operations/images/deleteTrashed.ts';
import { cephTimeText } from '../../explorer/clusters/cephTime.ts';
import { chooseInDialog } from '../../prompts/chooseInDialog.ts';
import { changeImages, onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { placeName } from '../images/askImage.ts';

/** Empties a trash: of what its time is over, or of everything. */
export const purgeTrashCommand = objectCommand({
  id: 'libvirt.trash.purge',
  on: { kinds: ['trash'], traits: ['connected'] },
  run: async (node, services) => {
    const { place, cluster } = node;
    const reading = { title: t('Reading the trash of {0}', placeName(place)) };
    const all = await onCluster(node, services, reading, (client, signal) =>
      listRbdTrash(client, place, { signal }),
    );
    if (all.length === 0) {
      void vscode.window.showInformationMessage(t('The trash of {0} is empty.', placeName(place)));
      return;
    }
    const expired = all.filter(({ protectedUntil }) => protectedUntil === undefined);
    const isMixed = expired.length > 0 && expired.length < all.length;
    const everything = t('Delete All {0}', all.length);
    const some = t('Delete the {0} Expired', expired.length);
    const chosen = await chooseInDialog(
      t('Empty the trash of {0} of the cluster {1}?', placeName(place), cluster.name),
      [listOfTrash(all), t('All their data is lost, and cannot be brought back.')].join('\n\n'),
      isMixed ? [some, everything] : [everything],
    );
    if (chosen === undefined) return;
    const images = chosen === some ? expired : all;
    const title = t('Deleting {0} images in the trash', images.length);
    await changeImages(node, place, services, { title }, (client, signal, report) =>
      deleteAllTrashed(client, place, images, { signal, report }),
    );
  },
});

/** How many images a dialog has room for. */
const listed = 12;

function listOfTrash(images: readonly RbdTrashedImage[]): string {
  const lines = images
    .slice(0, listed)
    .map(({ name, protectedUntil }) =>
      protectedUntil === undefined
        ? name
        : t('{0}: to be kept until {1}', name, cephTimeText(protectedUntil)),
    );
  const more = images.length - lines.length;
  return [...lines, ...(more > 0 ? [t('and {0} more', more)] : [])].join('\n');
}
