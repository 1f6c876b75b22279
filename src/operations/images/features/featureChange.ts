import { t } from '../../../base/l10n.ts';
import { rbdFeatures, type RbdFeature } from '../../../ceph/rbdFeatures.ts';
import { choosableFeatures, withNeededFeatures } from '../newImageFeatures.ts';

/** What must be switched so that an image has other features. */
export interface FeatureChange {
  /** Together, before the others are switched on. */
  readonly off: readonly string[];
  readonly on: readonly string[];
}

/** Those that librbd switches only both: it has done so since Nautilus, and older ones do not mind. */
const twins: readonly string[] = ['object-map', 'fast-diff'];

/**
 * What to switch from the features of an image to those that are wanted: with what they need, and without what cannot be
 * changed.
 */
export function featureChange(current: readonly string[], wanted: readonly string[]): FeatureChange {
  const all = new Set<string>(
    withNeededFeatures(choosableFeatures.filter((feature) => wanted.includes(feature))),
  );
  if (twins.some((twin) => all.has(twin))) for (const twin of twins) all.add(twin);
  return {
    off: rbdFeatures
      .filter(({ name, change }) => change !== 'fixed' && current.includes(name) && !all.has(name))
      .map(({ name }) => name),
    on: rbdFeatures
      .filter(({ name, change }) => change === 'dynamic' && !current.includes(name) && all.has(name))
      .map(({ name }) => name),
  };
}

/** The features that the image has afterwards, in the order of their bits. */
export function featuresAfter(current: readonly string[], { off, on }: FeatureChange): readonly string[] {
  return rbdFeatures
    .map(({ name }) => name)
    .filter((name) => (current.includes(name) && !off.includes(name)) || on.includes(name));
}

/** What a client must be to open an image with these features. */
export interface ClientNeeds {
  /** `9.0.1 (Infernalis)` */
  readonly librbd: string;
  /** The kernel whose `rbd map` takes it; undefined: none does, because of `unmappable`. */
  readonly kernel: string | undefined;
  readonly unmappable: readonly string[];
}

export function clientNeeds(features: readonly string[]): ClientNeeds {
  const known = rbdFeatures.filter(({ name }) => features.includes(name));
  const newest = (pick: (feature: RbdFeature) => string | undefined): string | undefined =>
    known
      .flatMap((feature) => pick(feature) ?? [])
      .sort(compareVersions)
      .at(-1);
  const unmappable = known.filter(({ kernel }) => kernel === undefined).map(({ name }) => name);
  return {
    librbd: newest(({ librbd }) => librbd) ?? '0.52 (Bobtail)',
    kernel: unmappable.length > 0 ? undefined : (newest(({ kernel }) => kernel) ?? '3.10'),
    unmappable,
  };
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** `librbd 9.0.2 (Infernalis), Linux 5.3 for rbd map`. */
export function needsInWords(features: readonly string[]): string {
  const { librbd, kernel, unmappable } = clientNeeds(features);
  return kernel === undefined
    ? t('needs librbd {0}; no kernel maps it (rbd map), because of {1}', librbd, unmappable.join(', '))
    : t('needs librbd {0}, or Linux {1} to be mapped (rbd map)', librbd, kernel);
}

/** What a feature is for, in a sentence. */
export function featurePurpose(name: string): string | undefined {
  switch (name) {
    case 'exclusive-lock':
      return t('One client writes at a time; a second one waits or takes over. Others need it.');
    case 'object-map':
      return t('Which objects there are is known without looking: faster clones, flattening and deleting.');
    case 'fast-diff':
      return t('What is used and what has changed is told at once (rbd du, incremental exports).');
    case 'deep-flatten':
      return t('Flattening frees the snapshots of a clone from its parent too. Once off, it stays off.');
    case 'journaling':
      return t('Every write is written twice, for mirroring to another cluster. Slower.');
    default:
      return undefined;
  }
}
