import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { listRbdSnapshots } from '../../../ceph/rbd.ts';
import { listOfImages, purgeSnapshots } from '../../../operations/images/changeSnapshots.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import { cephTimeText } from '../../explorer/clusters/cephTime.ts';
import { confirm } from '../../prompts/confirm.ts';
import { changeImages, onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';

export const purgeImageSnapshotsCommand = objectCommand({
  id: 'libvirt.image.purgeSnapshots',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, name, cluster } = node;
    const reading = { title: t('Reading the snapshots of {0}', name) };
    const snapshots = await onCluster(node, services, reading, (client, signal) =>
      listRbdSnapshots(client, image, { signal }),
    );
    if (snapshots.length === 0) {
      void vscode.window.showInformationMessage(t('{0} has no snapshots.', name));
      return;
    }
    const names = snapshots.slice(0, listed).map((one) => `${one.name} · ${cephTimeText(one.timestamp)}`);
    const more = snapshots.length - names.length;
    const agreed = await confirm(
      t(
        'Delete all {0} snapshots of {1} of the cluster {2}?',
        snapshots.length,
        imageName(image),
        cluster.name,
      ),
      [
        [...names, ...(more > 0 ? [t('and {0} more', more)] : [])].join('\n'),
        sentences(
          t('What {0} held then is lost; it stays as it is now.', name),
          snapshots.some((one) => one.protected)
            ? t('Protected ones are unprotected first; those with clones stay.')
            : undefined,
        ),
      ].join('\n\n'),
      t('Delete Snapshots'),
    );
    if (!agreed) return;
    const title = t('Deleting the snapshots of {0}', name);
    const { removed, kept } = await changeImages(node, image, services, { title }, (client, signal, report) =>
      purgeSnapshots(client, image, { signal, report }),
    );
    if (kept.length === 0) return;
    void vscode.window.showWarningMessage(
      sentences(
        t('{0} of {1} snapshots of {2} are deleted.', removed, snapshots.length, name),
        t(
          'These stay, as images are clones of them: {0}.',
          kept.map((one) => t('{0} ({1})', one.name, listOfImages(one.clones))).join(', '),
        ),
      ),
    );
  },
});

/** How many snapshots a dialog has room for. */
const listed = 10;
