import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { getRbdInfo, type RbdImage, type RbdImageInfo } from '../../../ceph/rbd.ts';
import type { ImageUses } from '../../../hosts/clusters/imageUses.ts';
import { copyImage, type CopyOrder } from '../../../operations/images/copyImage.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import type { ImageSnapshotNode } from '../../explorer/clusters/imageSnapshotNode.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askImageName, askPlace, ImagePlaces } from './askImage.ts';
import { imageOf, labelOf, sourceOf } from './imageSource.ts';
import { lookAtImage, openBy } from './imageUse.ts';
import { workOnImages } from './imageWork.ts';

export const copyImageCommand = objectCommand({
  id: 'libvirt.image.copy',
  on: { kinds: ['image', 'imageSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const image = imageOf(node);
    const info = (client: CephClient, signal: AbortSignal): Promise<RbdImageInfo> =>
      getRbdInfo(client, image, { signal });
    const { uses, found } = await lookAtImage(node, image, services, info);
    const order = await askCopy(node, image, uses, found);
    if (!order) return;
    const { copy } = order;
    const work = {
      title: t('Copying {0} to {1}', labelOf(node), imageName(copy)),
      ending: t('Removing the unfinished image {0}', imageName(copy)),
      place: copy,
    };
    await workOnImages(node, services, work, (client, signal, report) =>
      copyImage(client, order, {
        signal,
        report: ({ fraction = 0 }) => {
          const message = t('{0} of {1}', formatBytes(fraction * found.size), formatBytes(found.size));
          report({ fraction, message });
        },
      }),
    );
    void vscode.window.showInformationMessage(t('The RBD image {0} is made.', imageName(copy)));
  },
});

type Kind = 'content' | 'withSnapshots' | 'flattened';

function askCopy(
  node: ImageNode | ImageSnapshotNode,
  image: RbdImage,
  uses: ImageUses,
  info: RbdImageInfo,
): Promise<CopyOrder | undefined> {
  const places = new ImagePlaces(node.cluster);
  const running = node.kind === 'image' ? openBy(uses) : undefined;
  return wizard(t('Copy {0}', labelOf(node)), async (ask) => {
    const place = await askPlace(ask, places, image);
    const copy = await askImageName(ask, places, place, {
      proposed: `${image.image}-copy`,
      remark:
        running === undefined
          ? undefined
          : t(
              '{0} is in use by {1}: what changes meanwhile is torn. Copy a snapshot of it instead.',
              image.image,
              running,
            ),
    });
    if (node.kind === 'imageSnapshot') return { kind: 'content', source: sourceOf(node), copy };
    const kind = await askKind(ask, info);
    return kind === 'content'
      ? { kind, source: image, copy }
      : { kind: 'withSnapshots', source: image, copy, flatten: kind === 'flattened' };
  });
}

/** Asked only where there is a difference. */
async function askKind(ask: Ask, { snapshotCount, parent }: RbdImageInfo): Promise<Kind> {
  if (snapshotCount === 0) return 'content';
  const deep = t('Takes longer: each snapshot is copied in its turn.');
  return ask.pick<Kind>({
    placeholder: t('With its {0} snapshots?', snapshotCount),
    choices: [
      { label: t('What it holds now'), detail: t('Depends on nothing.'), value: 'content' },
      {
        label: t('With all snapshots'),
        detail: parent
          ? sentences(deep, t('It stays a clone of {0}.', `${imageName(parent)}@${parent.snapshot}`))
          : deep,
        value: 'withSnapshots',
      },
      ...(parent
        ? [
            {
              label: t('With all snapshots, flattened'),
              detail: sentences(deep, t('Depends on nothing.')),
              value: 'flattened' as const,
            },
          ]
        : []),
    ],
  });
}
