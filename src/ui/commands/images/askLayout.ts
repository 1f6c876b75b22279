import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { sentences } from '../../../base/sentences.ts';
import type { RbdPlace } from '../../../ceph/rbd.ts';
import type { CephPool } from '../../../ceph/cephPools.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import {
  choosableFeatures,
  defaultObjectSize,
  largestMapped,
  objectSizes,
  oldClientFeatures,
  withNeededFeatures,
  type ChoosableFeature,
} from '../../../operations/images/newImageFeatures.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';

/** How an image lies in Ceph; what is undefined is as the cluster is configured. */
export interface ImageLayout {
  readonly features: readonly string[] | undefined;
  /** Bytes. */
  readonly objectSize: number | undefined;
  readonly dataPool: string | undefined;
}

type Preset = 'default' | 'old' | 'choose';

/** One question for most: the rest is for those who choose. @param size bytes */
export async function askLayout(
  ask: Ask,
  cluster: CephCluster,
  { pool }: RbdPlace,
  size: number,
): Promise<ImageLayout> {
  const preset = await ask.pick<Preset>({ placeholder: t('Which features?'), choices: presets() });
  if (preset === 'default') return { features: undefined, objectSize: undefined, dataPool: undefined };
  if (preset === 'old') return { features: oldClientFeatures, objectSize: undefined, dataPool: undefined };
  const chosen = await ask.pickMany<ChoosableFeature>({
    placeholder: t('What one of them needs is added.'),
    choices: choosableFeatures.map((value) => ({ label: value, detail: featureText(value), value })),
    preselected: (feature) => feature !== 'journaling',
    refusal: (values) => (values.length === 0 ? t('Choose one at least: layering.') : undefined),
  });
  const features = withNeededFeatures(chosen);
  const objectSize = await ask.pick<number>({
    placeholder: t('How large are its objects?'),
    choices: objectSizes.map((value) => objectSizeChoice(value, size, features.includes('object-map'))),
    preselected: (value) => value === defaultObjectSize,
  });
  return { features, objectSize, dataPool: await askDataPool(ask, cluster, pool) };
}

function presets(): readonly Choice<Preset>[] {
  return [
    {
      label: t('As the cluster is configured'),
      detail: t('Right for QEMU: exclusive lock, object map and fast differences as a rule.'),
      value: 'default',
    },
    {
      label: t('What old clients can use'),
      description: 'layering',
      detail: t('For “rbd map” of kernels before 5.3. Format 1 is made by no librbd any more.'),
      value: 'old',
    },
    {
      label: t('Choose…'),
      detail: t('Features, object size, and another pool for the data, such as an erasure-coded one.'),
      value: 'choose',
    },
  ];
}

function featureText(feature: ChoosableFeature): string {
  switch (feature) {
    case 'layering':
      return t('Clones of its snapshots.');
    case 'exclusive-lock':
      return t('One client writes at a time; the base of the next three.');
    case 'object-map':
      return t('What holds nothing is not looked for. Needs exclusive-lock.');
    case 'fast-diff':
      return t('Used space and differences are known at once. Needs object-map.');
    case 'deep-flatten':
      return t('Flattening makes snapshots independent too.');
    case 'journaling':
      return t('For mirroring by journal; every write is written twice. Needs exclusive-lock.');
  }
}

function objectSizeChoice(value: number, size: number, isMapped: boolean): Choice<number> {
  const isTooSmall = isMapped && size > largestMapped(value);
  return {
    label: formatBytes(value),
    description: isTooSmall
      ? t('too small for an object map of {0}', formatBytes(size))
      : value === defaultObjectSize
        ? t('the usual')
        : undefined,
    isUnavailable: isTooSmall,
    value,
  };
}

/** @returns undefined for the image's own pool */
async function askDataPool(ask: Ask, cluster: CephCluster, own: string): Promise<string | undefined> {
  const pools = await cluster.pools.get().catch(() => []);
  const others = pools.filter(({ name, applications }) => name !== own && applications.includes('rbd'));
  if (others.length === 0) return undefined;
  const chosen = await ask.pick<{ readonly pool: string }>({
    placeholder: t('In which pool is the data?'),
    choices: [
      { label: own, description: t('where the image is'), value: { pool: own } },
      ...others.map(dataPoolChoice),
    ],
    preselected: ({ pool }) => pool === own,
  });
  return chosen.pool === own ? undefined : chosen.pool;
}

function dataPoolChoice({ name, type, flags }: CephPool): Choice<{ readonly pool: string }> {
  const canHold = type === 'replicated' || flags.includes('ec_overwrites');
  return {
    label: name,
    description: type === 'erasure' ? t('erasure-coded') : undefined,
    detail: canHold
      ? undefined
      : sentences(
          t('Its objects cannot be overwritten.'),
          t('Set “allow_ec_overwrites” for the pool first.'),
        ),
    isUnavailable: !canHold,
    value: { pool: name },
  };
}
