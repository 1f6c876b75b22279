import { CodedProblem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { imageArguments, type RbdImage } from '../../../ceph/rbd.ts';
import { getRbdDetails, type RbdImageDetails } from '../../../ceph/rbdDetails.ts';
import { cephArgv } from '../../plan/cephShell.ts';
import type { Plan, PlanStep } from '../../plan/plan.ts';
import type { ShellHost } from '../../plan/shell.ts';
import { changeFeatures, rebuildObjectMaps } from './changeFeatures.ts';
import { featureChange, featuresAfter, needsInWords } from './featureChange.ts';

/** An image that is to do without some of its features. */
export interface FeaturesPlace {
  readonly image: RbdImage;
  readonly client: CephClient;
  readonly shell: ShellHost;
  /** Told when it has other features. */
  readonly changed: () => void;
}

class FeaturesProblem extends CodedProblem<'still-there'> {}

/** Switches features off, with those that need them, so that an older client can open the image. */
export function withoutFeaturesPlan(
  place: FeaturesPlace,
  { features }: Pick<RbdImageDetails, 'features'>,
  unwanted: readonly string[],
): Plan {
  const { image, client } = place;
  const name = `${image.pool}/${image.image}`;
  const wanted = features.filter((feature) => !unwanted.includes(feature));
  const change = featureChange(features, needingNone(wanted, unwanted));
  const after = featuresAfter(features, change);
  const forGood = change.off.includes('deep-flatten');
  const switched = change.off.join(', ');
  return {
    title: t('Switch {0} of {1} off', switched, name),
    remarks: [
      t('Afterwards it {0}.', needsInWords(after)),
      t('Whoever has it open goes on: the client that holds its lock makes the change.'),
    ],
    loses: forGood ? t('deep-flatten can never be switched on again.') : undefined,
    steps: [offStep(place, features, after, change.off), checkStep({ place, name, client, off: change.off })],
  };
}

/** object-map and journaling need exclusive-lock, fast-diff needs object-map. */
function needingNone(wanted: readonly string[], unwanted: readonly string[]): readonly string[] {
  const gone = new Set(unwanted);
  if (gone.has('exclusive-lock')) for (const one of ['object-map', 'journaling']) gone.add(one);
  if (gone.has('object-map') || gone.has('fast-diff'))
    for (const one of ['object-map', 'fast-diff']) gone.add(one);
  return wanted.filter((feature) => !gone.has(feature));
}

function offStep(
  { image, client, shell, changed }: FeaturesPlace,
  before: readonly string[],
  after: readonly string[],
  off: readonly string[],
): PlanStep {
  const back = off.filter((feature) => feature !== 'deep-flatten');
  const rbd = (...args: readonly string[]): { readonly argv: readonly string[] } => ({
    argv: cephArgv(client.access, 'rbd', args),
  });
  return {
    title: t('Switch off {0}', off.join(', ')),
    host: shell,
    commands: [rbd('feature', 'disable', ...imageArguments(image), ...off)],
    run: async ({ signal }) => {
      await changeFeatures(client, image, after, { signal });
      changed();
    },
    undo:
      back.length === 0
        ? undefined
        : {
            title: t('Switch {0} on again', back.join(', ')),
            commands: [
              rbd('feature', 'enable', ...imageArguments(image), ...back),
              ...(back.includes('object-map')
                ? [rbd('object-map', 'rebuild', ...imageArguments(image))]
                : []),
            ],
            run: async (options) => {
              if (await changeFeatures(client, image, before, options))
                await rebuildObjectMaps(client, image, options);
              changed();
            },
          },
  };
}

interface Check {
  readonly place: FeaturesPlace;
  readonly name: string;
  readonly client: CephClient;
  readonly off: readonly string[];
}

function checkStep({ place: { image, shell }, name, client, off }: Check): PlanStep {
  return {
    title: t('Check the features of {0}', name),
    host: shell,
    commands: [{ argv: cephArgv(client.access, 'rbd', ['info', ...imageArguments(image)]) }],
    run: async ({ signal, note }) => {
      const { features } = await getRbdDetails(client, image, { signal });
      const left = features.filter((feature) => off.includes(feature));
      if (left.length > 0)
        throw new FeaturesProblem(
          'still-there',
          t('{0} still has these features: {1}.', name, left.join(', ')),
        );
      note(features.join(', '));
    },
  };
}
