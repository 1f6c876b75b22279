import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { createRbdSnapshot, getRbdInfo, listRbdSnapshots } from '../../../ceph/rbd.ts';
import { rollBackImage, refuseOpenImage } from '../../../operations/images/changeSnapshots.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import { freeSnapshotName } from '../../../operations/snapshots/snapshotName.ts';
import { cephTimeText } from '../../explorer/clusters/cephTime.ts';
import { confirmOneOf } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { lookAtImage, namedBy, openBy, unknownUse } from '../images/imageUse.ts';
import { workOnImages } from '../images/imageWork.ts';
import { snapshotOf } from './snapshotOf.ts';

/** Ceph would roll back under a running guest, and spoil its disk: looked at before, and again when it begins. */
export const rollBackImageSnapshotCommand = objectCommand({
  id: 'libvirt.imageSnapshot.rollBack',
  on: { kinds: ['imageSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, cluster } = node;
    const { image } = node.image;
    const { uses, found } = await lookAtImage(node, image, services, async (client, signal) => ({
      info: await getRbdInfo(client, image, { signal }),
      snapshots: await listRbdSnapshots(client, image, { signal }),
    }));
    const running = openBy(uses);
    if (running !== undefined) {
      throw new ImageProblem(
        'in-use',
        t('{0} is in use by {1}. It is not rolled back.', imageName(image), running),
        {
          advice: t(
            'Shut the domain down first; “Roll Back” of the RBD snapshots of a domain does it for you.',
          ),
        },
      );
    }
    const { info, snapshots } = found;
    const then = snapshots.find((one) => one.name === name);
    const keep = freeSnapshotName(`before-${name}`, new Set(snapshots.map((one) => one.name)));
    const keepIt = t('Keep the Present and Roll Back');
    const loseIt = t('Roll Back');
    const chosen = await confirmOneOf(
      t('Roll back {0} of the cluster {1} to {2}?', imageName(image), cluster.name, name),
      [
        t(
          'All that was written to it since {0} is lost, unless a snapshot keeps it: {1}.',
          then ? cephTimeText(then.timestamp) : name,
          keep,
        ),
        ...(then && then.size !== info.size
          ? [t('Its size becomes {0} again; it is {1} now.', formatBytes(then.size), formatBytes(info.size))]
          : []),
        ...(namedBy(uses) === undefined ? [] : [t('These domains name it: {0}.', namedBy(uses) ?? '')]),
        ...(unknownUse(uses) === undefined ? [] : [unknownUse(uses) ?? '']),
        t(
          'It takes as long as there is data, and goes on to the end once it has begun. A clone of the snapshot shows the same at once and loses nothing.',
        ),
      ].join('\n\n'),
      [keepIt, loseIt],
    );
    if (chosen === undefined) return;
    const work = {
      title: t('Rolling back {0} to {1}', image.image, name),
      ending: t('Rolling back {0} to the end: half of it would be of no use', image.image),
      place: image,
    };
    await workOnImages(node, services, work, async (client, signal, report) => {
      await refuseOpenImage(client, image, { signal });
      if (chosen === keepIt) await createRbdSnapshot(client, { ...image, snapshot: keep }, { signal });
      await rollBackImage(client, snapshotOf(node), { signal, report });
    });
    void vscode.window.showInformationMessage(t('{0} is what it was at {1}.', imageName(image), name));
  },
});
