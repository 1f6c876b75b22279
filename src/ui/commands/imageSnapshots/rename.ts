import { t } from '../../../base/l10n.ts';
import { listRbdSnapshots } from '../../../ceph/rbd.ts';
import { renameRbdSnapshot } from '../../../ceph/rbdSnapshotChanges.ts';
import { rbdSnapshotNameRefusal } from '../../../operations/snapshots/snapshotName.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeImages, onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { snapshotOf } from './snapshotOf.ts';

/** Clones and its protection stay; domains that name it by `image@snapshot` are hardly ever there. */
export const renameImageSnapshotCommand = objectCommand({
  id: 'libvirt.imageSnapshot.rename',
  on: { kinds: ['imageSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, image } = node;
    const reading = { title: t('Reading the snapshots of {0}', image.name) };
    const known = await onCluster(node, services, reading, (client, signal) =>
      listRbdSnapshots(client, image.image, { signal }),
    );
    const taken = new Set(known.map((one) => one.name));
    const newName = await wizard(t('Rename the Snapshot {0} of {1}', name, image.name), (ask) =>
      ask.text({
        prompt: t('The new name of the snapshot. Clones of it stay clones.'),
        value: name,
        refusal: (given) =>
          given === name ? t('That is its name now.') : rbdSnapshotNameRefusal(given, taken),
      }),
    );
    if (newName === undefined) return;
    const title = t('Renaming the snapshot {0} of {1} to {2}', name, image.name, newName);
    await changeImages(node, image.image, services, { title }, (client, signal) =>
      renameRbdSnapshot(client, snapshotOf(node), newName, { signal }),
    );
  },
});
