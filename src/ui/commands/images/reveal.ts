import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import { findDomainRow, findImageRow } from '../../explorer/findRows.ts';
import type { ExplorerNode } from '../../explorer/node.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';
import { userName } from '../../../hosts/clusters/useWords.ts';
import { imageOfRow } from './imageOfRow.ts';

/** From a disk or a volume to the image below its cluster. */
export const revealImageCommand = objectCommand({
  id: 'libvirt.image.reveal',
  on: { kinds: ['disk', 'volume'], traits: ['connected', 'rbd'] },
  run: async (node, services) => {
    const title = t('Looking for the RBD image of {0}', node.name);
    const row = await onObject(node, services, { title }, async (_host, signal) => {
      const { image, cluster } = await imageOfRow(node, services, signal);
      if (!cluster) {
        throw new ImageProblem(
          'not-possible',
          t('No connected host shows the Ceph cluster of {0}.', fullName(image)),
          {
            advice: t('A host with the packages ceph-common and a keyring of the cluster does.'),
          },
        );
      }
      const found = await findImageRow(services.explorer, cluster, image);
      if (found) return found;
      throw new ImageProblem('not-possible', t('{0} is not there any more.', fullName(image)), {
        advice: t('The definition, or the list of volumes, still names it.'),
      });
    });
    await reveal(row, services);
  },
});

/** From who uses an image to the domain. */
export const revealDomainCommand = objectCommand({
  id: 'libvirt.image.revealDomain',
  on: { kinds: ['imageUser', 'watcher'], traits: ['connected', 'domain'] },
  run: async (node, services) => {
    const users =
      node.kind === 'imageUser'
        ? [node.user]
        : node.watcher.holder.kind === 'domain'
          ? [node.watcher.holder.user]
          : node.watcher.holder.kind === 'one-of'
            ? node.watcher.holder.users
            : [];
    const picked =
      users.length > 1
        ? (
            await vscode.window.showQuickPick(
              users.map((user) => ({ label: userName(user), user })),
              { placeHolder: t('Which one?') },
            )
          )?.user
        : users[0];
    if (!picked) return;
    const row = await findDomainRow(services.explorer, picked.session, picked.domain.uuid);
    if (row) await reveal(row, services);
  },
});

export async function reveal(row: ExplorerNode, { explorer }: CommandServices): Promise<void> {
  await explorer.view.reveal(row, { select: true, focus: true });
}
