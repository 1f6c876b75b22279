import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import { getRbdInfo } from '../../../ceph/rbd.ts';
import { getRbdChanges } from '../../../ceph/rbdSnapshotChanges.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { snapshotOf } from './snapshotOf.ts';

/** How much an incremental backup since then would be, at most. */
export const showImageChangesCommand = objectCommand({
  id: 'libvirt.imageSnapshot.showChanges',
  on: { kinds: ['imageSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, image } = node;
    const progress = {
      title: t('Reading what has changed in {0} since {1}', image.name, name),
      patience: {
        afterMs: 10_000,
        message: t('Without fast-diff every object of the image is looked at.'),
      },
    };
    const { changes, info } = await onCluster(node, services, progress, async (client, signal) => ({
      info: await getRbdInfo(client, image.image, { signal }),
      changes: await getRbdChanges(client, snapshotOf(node), undefined, { signal }),
    }));
    const { written, discarded, objects } = changes;
    if (objects === 0) {
      void vscode.window.showInformationMessage(t('Nothing of {0} has changed since {1}.', image.name, name));
      return;
    }
    const exportThem = t('Export Changes…');
    const choice = await vscode.window.showInformationMessage(
      sentences(
        t(
          'Since {0}, {1} of the {2} of {3} were written.',
          name,
          formatBytes(written),
          formatBytes(info.size),
          image.name,
        ),
        discarded === 0 ? undefined : t('{0} were discarded.', formatBytes(discarded)),
        t(
          'Counted in {0} whole objects of {1}: what really differs may be less.',
          objects,
          formatBytes(info.objectSize),
        ),
      ),
      exportThem,
    );
    if (choice === exportThem)
      await vscode.commands.executeCommand('libvirt.imageSnapshot.exportChanges', node);
  },
});
