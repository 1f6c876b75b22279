import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { removeNow } from '../../../operations/images/removeImage/imageSteps.ts';
import { needsSteps } from '../../../operations/images/removeImage/obstacles.ts';
import { removalRemarks, trashPlan } from '../../../operations/images/removeImage/removalPlan.ts';
import { wizard } from '../../prompts/wizard.ts';
import { confirm } from '../../prompts/confirm.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { bulkRemoval } from './bulkRemoval.ts';
import { removalPlaceOf } from './removal.ts';
import { lookWithoutStrangers } from './strangers.ts';

/** Ceph moves the disk of a running domain to the trash without a word: here that is stopped. */
export const moveImageToTrashCommand = objectCommand({
  id: 'libvirt.image.moveToTrash',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (row, services) => {
    const place = removalPlaceOf(row, services);
    const look = await lookWithoutStrangers(row, place, 'trash', services);
    if (!look) return;
    const days = await wizard(t('Move {0} to the Trash', place.name), (ask) =>
      ask.pick({
        placeholder: t('How long is it protected from being purged?'),
        choices: [0, 1, 7, 30, 90].map((count) => ({
          label: count === 0 ? t('Not at all') : count === 1 ? t('One day') : t('{0} days', count),
          value: count,
        })),
      }),
    );
    if (days === undefined) return;
    const expiresAt = days === 0 ? undefined : new Date(Date.now() + days * 86_400_000);
    if (needsSteps(look, 'trash')) {
      await services.plans.open(trashPlan(place, look, expiresAt));
      return;
    }
    const remarks = removalRemarks(look, 'trash');
    const agreed =
      remarks.length === 0 ||
      (await confirm(
        t('Move the RBD image {0} of the Ceph cluster {1} to the trash?', place.name, row.cluster.name),
        sentences(...remarks),
        t('Move to Trash'),
      ));
    if (!agreed) return;
    await onCluster(
      row,
      services,
      { title: t('Moving {0} to the trash', place.name) },
      (_client, signal, report) => removeNow(place, 'trash', { signal, report }, expiresAt),
    );
  },
  bulk: bulkRemoval('trash', {
    title: (count) => t('Moving {0} RBD images to the trash', count),
    question: (count) => t('Move {0} RBD images to the trash?', count),
    consequence: () => t('They can be restored from there until the trash is purged.'),
    action: () => t('Move to Trash'),
    refused: () => t('These stay where they are:'),
  }),
});
