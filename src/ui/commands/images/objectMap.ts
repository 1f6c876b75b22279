import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { getRbdDetails } from '../../../ceph/rbdDetails.ts';
import { checkObjectMap } from '../../../ceph/rbdFeatures.ts';
import { rebuildObjectMaps } from '../../../operations/images/features/changeFeatures.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import { changeImages } from '../clusters/onCluster.ts';
import { objectCommand, type CommandServices } from '../command.ts';

export const rebuildObjectMapCommand = objectCommand({
  id: 'libvirt.image.rebuildObjectMap',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    await buildObjectMap(node, services);
    void vscode.window.showInformationMessage(t('The object map of {0} is built.', node.name));
  },
});

/** Cancelled in between, the map stays marked as invalid, which costs time and nothing else. */
export function buildObjectMap(node: ImageNode, services: CommandServices): Promise<void> {
  const { image, name } = node;
  return changeImages(
    node,
    image,
    services,
    { title: t('Building the object map of {0}', name) },
    async (client, signal, report) => {
      await requireMap(client, node, signal);
      await rebuildObjectMaps(client, image, { signal, report });
    },
  );
}

export const checkObjectMapCommand = objectCommand({
  id: 'libvirt.image.checkObjectMap',
  on: { kinds: ['image'], traits: ['connected'] },
  run: async (node, services) => {
    const { image, name } = node;
    const flags = await changeImages(
      node,
      image,
      services,
      { title: t('Checking the object map of {0}', name) },
      async (client, signal, report) => {
        await requireMap(client, node, signal);
        await checkObjectMap(client, image, { signal, report });
        return (await getRbdDetails(client, image, { signal })).flags;
      },
    );
    if (!flags.some((flag) => flag.includes('invalid'))) {
      void vscode.window.showInformationMessage(t('The object map of {0} is right.', name));
      return;
    }
    const rebuild = t('Rebuild');
    const answer = await vscode.window.showWarningMessage(
      t(
        'The object map of {0} is not right: {1}. Until it is rebuilt, Ceph does without.',
        name,
        flags.join(', '),
      ),
      rebuild,
    );
    if (answer === rebuild) await buildObjectMap(node, services);
  },
});

async function requireMap(
  client: CephClient,
  { image, name }: ImageNode,
  signal: AbortSignal,
): Promise<void> {
  const { features } = await getRbdDetails(client, image, { signal });
  if (features.includes('object-map')) return;
  throw new ImageProblem('not-possible', t('{0} has no object map.', name), {
    advice: t('Switch the feature object-map on first, with “Change Features of RBD Image…”.'),
  });
}
