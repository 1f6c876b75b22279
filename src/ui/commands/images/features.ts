import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { getRbdDetails, type RbdImageDetails } from '../../../ceph/rbdDetails.ts';
import { encodeFeatures, rbdFeatures } from '../../../ceph/rbdFeatures.ts';
import { changeFeatures } from '../../../operations/images/features/changeFeatures.ts';
import {
  featureChange,
  featurePurpose,
  featuresAfter,
  needsInWords,
} from '../../../operations/images/features/featureChange.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import { choosableFeatures, oldClientFeatures } from '../../../operations/images/newImageFeatures.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { changeImages } from '../clusters/onCluster.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { lookAtImage, openBy } from './imageUse.ts';
import { buildObjectMap } from './objectMap.ts';

export const changeImageFeaturesCommand = objectCommand({
  id: 'libvirt.image.changeFeatures',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, name } = node;
    const { uses, found } = await lookAtImage(node, image, services, (client, signal) =>
      getRbdDetails(client, image, { signal }),
    );
    if (found.format === 1)
      throw new ImageProblem('not-possible', t('{0} is an image of format 1, which has no features.', name), {
        advice: t('Copy it to an image of format 2.'),
      });
    const wanted = await wizard(t('Features of {0}', name), (ask) => askFeatures(ask, found));
    if (!wanted) return;
    const change = featureChange(found.features, wanted);
    if (change.off.length + change.on.length === 0) return;
    const after = featuresAfter(found.features, change);
    if (!(await confirmChange(node, change, after, openBy(uses)))) return;
    const title = t('Changing the features of {0}', name);
    const mustBuild = await changeImages(node, image, services, { title }, (client, signal) =>
      changeFeatures(client, image, wanted, { signal }),
    );
    if (mustBuild) await buildObjectMap(node, services);
    tell(node, after, services);
  },
});

type Preset = 'usual' | 'old' | 'all' | 'choose';

/** Ceph's own choice for new images (`rbd_default_features` 61). */
const usualFeatures = ['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten'];

async function askFeatures(ask: Ask, { features }: RbdImageDetails): Promise<readonly string[]> {
  const describe = (wanted: readonly string[]): string => {
    const { off, on } = featureChange(features, wanted);
    if (off.length + on.length === 0) return t('as it is now');
    return [...on.map((name) => `+${name}`), ...off.map((name) => `−${name}`)].join(' ');
  };
  const detail = (wanted: readonly string[]): string =>
    needsInWords(featuresAfter(features, featureChange(features, wanted)));
  const preset = await ask.pick<Preset>({
    placeholder: t('Now: {0} ({1})', features.join(', '), encodeFeatures(features)),
    choices: [
      {
        label: t('Ceph’s usual ones'),
        description: describe(usualFeatures),
        detail: detail(usualFeatures),
        value: 'usual',
      },
      {
        label: t('For old clients: layering only'),
        description: describe(oldClientFeatures),
        detail: detail(oldClientFeatures),
        value: 'old',
      },
      {
        label: t('All of librbd'),
        description: describe(choosableFeatures),
        detail: detail(choosableFeatures),
        value: 'all',
      },
      { label: t('Choose one by one…'), value: 'choose' },
    ],
  });
  switch (preset) {
    case 'usual':
      return usualFeatures;
    case 'old':
      return oldClientFeatures;
    case 'all':
      return choosableFeatures;
    case 'choose':
      return ask.pickMany({
        placeholder: t(
          'What a feature needs is switched on with it; the object map and fast-diff go together.',
        ),
        choices: rbdFeatures
          .filter(({ name, change }) => change === 'dynamic' || (change === 'off' && features.includes(name)))
          .map(({ name, librbd, kernel }) => ({
            label: name,
            description:
              kernel === undefined
                ? t('librbd {0}; not for rbd map', librbd)
                : t('librbd {0}; rbd map since Linux {1}', librbd, kernel),
            detail: featurePurpose(name),
            value: name,
          })),
        preselected: (name) => features.includes(name),
        refusal: (chosen) =>
          features.includes('exclusive-lock') &&
          !chosen.includes('exclusive-lock') &&
          ['object-map', 'fast-diff', 'journaling'].some((name) => chosen.includes(name))
            ? t('object-map, fast-diff and journaling need exclusive-lock.')
            : undefined,
      });
  }
}

function confirmChange(
  { name, image }: ImageNode,
  { off, on }: { readonly off: readonly string[]; readonly on: readonly string[] },
  after: readonly string[],
  open: string | undefined,
): Promise<boolean> {
  return confirm(
    t('Change the features of {0} in the Ceph pool {1}?', name, image.pool),
    [
      sentences(
        on.length > 0 ? t('On: {0}.', on.join(', ')) : undefined,
        off.length > 0 ? t('Off: {0}.', off.join(', ')) : undefined,
        t('Afterwards it {0}.', needsInWords(after)),
      ),
      ...(off.includes('deep-flatten') ? [t('deep-flatten can never be switched on again.')] : []),
      ...(on.includes('object-map')
        ? [t('Then the object map is built, which looks at every object of the image and of its snapshots.')]
        : []),
      ...(open === undefined
        ? []
        : [
            t(
              '{0} has it open, and goes on: Ceph has the change made by whoever holds the lock. A device mapped with “rbd map” is not told.',
              open,
            ),
          ]),
    ].join('\n\n'),
    t('Change Features'),
  );
}

function tell({ name }: ImageNode, after: readonly string[], { log }: CommandServices): void {
  const text = t('{0} has these features now: {1} ({2}).', name, after.join(', '), encodeFeatures(after));
  log.info(text);
  void vscode.window.showInformationMessage(text);
}
