import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { listRbdSnapshots, type RbdImage, type RbdSnapshotInfo } from '../../../ceph/rbd.ts';
import type { ImageUses } from '../../../hosts/clusters/imageUses.ts';
import { cloneImage, readCloneFormat, type CloneOrder } from '../../../operations/images/cloneImage.ts';
import { imageName } from '../../../operations/snapshots/rbdDisks.ts';
import { freeSnapshotName } from '../../../operations/snapshots/snapshotName.ts';
import { cephTimeText } from '../../explorer/clusters/cephTime.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import type { ImageSnapshotNode } from '../../explorer/clusters/imageSnapshotNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askImageName, askPlace, ImagePlaces } from './askImage.ts';
import { imageOf, labelOf } from './imageSource.ts';
import { lookAtImage, openBy } from './imageUse.ts';
import { workOnImages } from './imageWork.ts';

/** Of a snapshot, or of an image, for which a snapshot is chosen or made. */
export const cloneImageCommand = objectCommand({
  id: 'libvirt.image.clone',
  on: { kinds: ['image', 'imageSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const image = imageOf(node);
    const { uses, found } = await lookAtImage(node, image, services, readSource(image));
    const order = await askClone(node, image, uses, found);
    if (!order) return;
    const { source, clone } = order;
    const work = {
      title: t('Cloning {0} to {1}', `${imageName(source)}@${source.snapshot}`, imageName(clone)),
      ending: t('Removing the unfinished image {0}', imageName(clone)),
      place: clone,
    };
    await workOnImages(node, services, work, (client, signal, report) =>
      cloneImage(client, order, { signal, report }),
    );
    if (clone.pool !== source.pool || clone.namespace !== source.namespace)
      node.cluster.imagesChanged(source);
    void vscode.window.showInformationMessage(t('The RBD image {0} is made.', imageName(clone)));
  },
});

interface Source {
  readonly snapshots: readonly RbdSnapshotInfo[];
  readonly format: 1 | 2;
}

function readSource(image: RbdImage) {
  return async (client: CephClient, signal: AbortSignal): Promise<Source> => {
    const [snapshots, format] = await Promise.all([
      listRbdSnapshots(client, image, { signal }),
      readCloneFormat(client, { signal }),
    ]);
    return { snapshots, format };
  };
}

/** What the clone is of: a snapshot that is there, or one that is made. */
type Chosen = RbdSnapshotInfo | 'new';

function askClone(
  node: ImageNode | ImageSnapshotNode,
  image: RbdImage,
  uses: ImageUses,
  { snapshots, format }: Source,
): Promise<CloneOrder | undefined> {
  const places = new ImagePlaces(node.cluster);
  const given = node.kind === 'imageSnapshot' ? snapshots.find(({ name }) => name === node.name) : undefined;
  return wizard(t('Clone {0}', labelOf(node)), async (ask) => {
    const chosen = given ?? (await askSnapshot(ask, snapshots, openBy(uses)));
    const place = await askPlace(ask, places, image, {
      refusal: ({ namespace }) =>
        format === 1 && namespace !== image.namespace
          ? t('Clones into another namespace need a cluster that refuses clients before mimic')
          : undefined,
    });
    const clone = await askImageName(ask, places, place, { proposed: `${image.image}-clone` });
    const flatten = await ask.pick<boolean>({
      placeholder: t('Shall it stay a clone?'),
      choices: kinds(chosen, format),
    });
    const snapshot =
      chosen === 'new'
        ? freeSnapshotName(`for-${clone.image}`, new Set(snapshots.map(({ name }) => name)))
        : chosen.name;
    return {
      source: { ...image, snapshot },
      snapshot: chosen === 'new' ? 'new' : chosen.protected ? 'protected' : 'unprotected',
      clone,
      format,
      flatten,
    };
  });
}

async function askSnapshot(
  ask: Ask,
  snapshots: readonly RbdSnapshotInfo[],
  running: string | undefined,
): Promise<Chosen> {
  if (snapshots.length === 0 && running === undefined) return 'new';
  const fresh: Choice<Chosen> = {
    label: t('As it is now'),
    description: t('a new snapshot'),
    detail:
      running === undefined
        ? undefined
        : t('It is in use by {0}: the clone is like a disk after a power failure.', running),
    value: 'new',
  };
  const known = snapshots.map((snapshot): Choice<Chosen> => ({
    label: snapshot.name,
    description: [cephTimeText(snapshot.timestamp), ...(snapshot.protected ? [t('protected')] : [])].join(
      ' · ',
    ),
    value: snapshot,
  }));
  return ask.pick<Chosen>({ placeholder: t('A clone of what?'), choices: [fresh, ...known.reverse()] });
}

function kinds(chosen: Chosen, format: 1 | 2): readonly Choice<boolean>[] {
  const isProtected = chosen !== 'new' && chosen.protected;
  return [
    {
      label: t('Copy-on-write clone'),
      detail: sentences(
        t('Made at once. It needs its parent until it is flattened.'),
        format === 1 && !isProtected ? t('The snapshot is protected.') : undefined,
      ),
      value: false,
    },
    {
      label: t('Clone and flatten'),
      detail: sentences(
        t('Takes as long as there is data, and depends on nothing then.'),
        chosen === 'new' ? t('The new snapshot is removed again.') : undefined,
      ),
      value: true,
    },
  ];
}
