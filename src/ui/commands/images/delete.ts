import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import { removeNow } from '../../../operations/images/removeImage/imageSteps.ts';
import { needsSteps } from '../../../operations/images/removeImage/obstacles.ts';
import { removalPlan, removalRemarks } from '../../../operations/images/removeImage/removalPlan.ts';
import { definedDisks } from '../../../operations/images/removeImage/imageOnHosts.ts';
import { confirmOneOf } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { bulkRemoval } from './bulkRemoval.ts';
import { workOnImages } from './imageWork.ts';
import { removalPlaceOf } from './removal.ts';
import { lookWithoutStrangers } from './strangers.ts';

/** Looks first at who would suffer. Where more than the removal is to be done, it is shown as a plan. */
export const deleteImageCommand = objectCommand({
  id: 'libvirt.image.delete',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (row, services) => {
    const place = removalPlaceOf(row, services);
    const look = await lookWithoutStrangers(row, place, 'remove', services);
    if (!look) return;
    if (needsSteps(look, 'remove')) {
      await services.plans.open(removalPlan(place, look));
      return;
    }
    const remove = t('Delete RBD Image');
    const steps = t('Show All Steps');
    const choice = await confirmOneOf(
      t('Delete the RBD image {0} of the Ceph cluster {1}?', place.name, row.cluster.name),
      sentences(
        t('All its data ({0}) is lost.', formatBytes(look.findings.details.size)),
        ...removalRemarks(look, 'remove'),
      ),
      definedDisks(look.onHosts.users).length > 0 ? [remove, steps] : [remove],
    );
    if (choice === steps) await services.plans.open(removalPlan(place, look));
    if (choice !== remove) return;
    await workOnImages(
      row,
      services,
      {
        title: t('Deleting the RBD image {0}', place.name),
        ending: t('Looking at what is left of {0}', place.name),
        place: undefined,
      },
      (_client, signal, report) => removeNow(place, 'remove', { signal, report }),
    );
  },
  bulk: bulkRemoval('remove', {
    title: (count) => t('Deleting {0} RBD images', count),
    question: (count) => t('Delete {0} RBD images?', count),
    consequence: () => t('All their data is lost.'),
    action: () => t('Delete RBD Images'),
    refused: () => t('These cannot be deleted:'),
  }),
});
