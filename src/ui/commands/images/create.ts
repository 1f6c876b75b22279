import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes, parseSize } from '../../../base/sizes.ts';
import { createRbdImage, type RbdImage, type RbdPlace } from '../../../ceph/rbd.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import { wholeSectors } from '../../../operations/images/importImage.ts';
import { refuseVolumeSize } from '../../../operations/volumes/poolOffer.ts';
import type { CephPoolNode } from '../../explorer/clusters/cephPoolNode.ts';
import type { NamespaceNode } from '../../explorer/clusters/namespaceNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeImages } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { askImageName, ImagePlaces, placeName } from './askImage.ts';
import { askLayout, type ImageLayout } from './askLayout.ts';

export const createImageCommand = objectCommand({
  id: 'libvirt.image.create',
  on: { kinds: ['cephPool', 'cephNamespace'], traits: ['connected'] },
  run: async (node, services) => {
    const place = placeOf(node);
    if (!(await mayHoldImages(node, place))) return;
    const order = await askNewImage(node, place);
    if (!order) return;
    const { image, size, layout } = order;
    const title = t('Creating the RBD image {0} in {1}', image.image, placeName(place));
    await changeImages(node, place, services, { title }, (client, signal) =>
      createRbdImage(client, image, size, { ...layout, signal }),
    );
    void vscode.window.showInformationMessage(
      t('The RBD image {0} ({1}) is in {2}.', image.image, formatBytes(size), placeName(place)),
    );
  },
});

/** The pool itself, or the namespace. */
export function placeOf(node: CephPoolNode | NamespaceNode): RbdPlace {
  return node.kind === 'cephPool' ? { pool: node.name, namespace: undefined } : node.place;
}

/** A pool of another application can hold images, but hardly ever should; an erasure-coded one cannot. */
export async function mayHoldImages(
  { cluster }: CephPoolNode | NamespaceNode,
  { pool }: RbdPlace,
): Promise<boolean> {
  // A client that may not see the pools may still use one.
  const pools = await cluster.pools.get().catch(() => []);
  const known = pools.find(({ name }) => name === pool);
  if (!known) return true;
  if (known.type === 'erasure') {
    throw new ImageProblem(
      'not-possible',
      t('{0} is erasure-coded: it can hold the data of RBD images, but not the images themselves.', pool),
      { advice: t('Make the image in a replicated pool, and choose {0} for its data.', pool) },
    );
  }
  if (known.applications.includes('rbd')) return true;
  const isForNone = known.applications.length === 0;
  return confirm(
    isForNone
      ? t('Make an RBD image in {0}, which is not set up for RBD?', pool)
      : t('Make an RBD image in {0}, which is for {1}?', pool, known.applications.join(', ')),
    isForNone
      ? t('Ceph will warn of a pool without an application. “rbd pool init” sets it up.')
      : t('Its other users do not know of the image. A pool for RBD is the usual place.'),
    t('Make It There'),
  );
}

interface NewImage {
  readonly image: RbdImage;
  /** Bytes. */
  readonly size: number;
  readonly layout: ImageLayout;
}

function askNewImage(
  { cluster }: CephPoolNode | NamespaceNode,
  place: RbdPlace,
): Promise<NewImage | undefined> {
  const places = new ImagePlaces(cluster);
  return wizard(t('New RBD Image in {0}', placeName(place)), async (ask) => {
    const image = await askImageName(ask, places, place, { proposed: '' });
    const text = await ask.text({
      prompt: t('What a guest sees. It takes space only as it is written.'),
      value: '20G',
      refusal: (given) => refuseVolumeSize(parseSize(given)),
    });
    const size = wholeSectors(parseSize(text) ?? 0);
    return { image, size, layout: await askLayout(ask, cluster, place, size) };
  });
}
