import { t } from '../../../base/l10n.ts';
import type { RbdImageDetails } from '../../../ceph/rbdDetails.ts';
import type { LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { shellHostOf } from '../../../hosts/shellHost.ts';
import { rbdFeatures } from '../../../ceph/rbdFeatures.ts';
import { withoutFeaturesPlan } from '../../../operations/images/features/featuresPlan.ts';
import type { Remedy } from '../../finding.ts';

/** Those that the image has and that can be switched off. */
export function removableFeatures(
  { features }: Pick<RbdImageDetails, 'features'>,
  unwanted: readonly string[],
): readonly string[] {
  return rbdFeatures
    .filter(({ name, change }) => change !== 'fixed' && features.includes(name) && unwanted.includes(name))
    .map(({ name }) => name);
}

/** A plan that takes the features from the image. */
export function featuresRemedy(
  { image, client, session, cluster }: LocatedImage,
  details: RbdImageDetails,
  unwanted: readonly string[],
): Remedy {
  const place = {
    image,
    client,
    shell: shellHostOf(session),
    changed: () => cluster?.imagesChanged(image, [image.image]),
  };
  return {
    kind: 'plan',
    title: t('Switch {0} of {1} Off…', unwanted.join(', '), image.image),
    plan: () => Promise.resolve(withoutFeaturesPlan(place, details, unwanted)),
  };
}
