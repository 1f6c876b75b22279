import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { listRbdClones, type RbdClone } from '../../../ceph/rbdDetails.ts';
import type { LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { fullName, type ImageUser } from '../../../hosts/clusters/imageUser.ts';
import {
  readImageUses,
  volumesOf,
  type ImageUses,
  type ImageVolume,
} from '../../../hosts/clusters/imageUses.ts';
import { unseenWords, userName, useWords, watcherWords } from '../../../hosts/clusters/useWords.ts';
import { findDomainRow, findImageRow, findVolumeRow } from '../../explorer/findRows.ts';
import type { ExplorerNode } from '../../explorer/node.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';
import { imageOfRow } from './imageOfRow.ts';
import { reveal } from './reveal.ts';

/** Who uses an image, on all connected hosts; what is chosen of it is shown in the tree. */
export const showUsesCommand = objectCommand({
  id: 'libvirt.image.showUses',
  on: { kinds: ['image', 'imageUser', 'watcher', 'volume', 'disk'], traits: ['connected', 'rbd'] },
  run: async (node, services) => {
    const title = t('Looking at who uses {0}', node.name);
    const found = await onObject(node, services, { title }, async (_host, signal) => {
      const known = await imageOfRow(node, services, signal);
      const { image, client, cluster } = known;
      const { sessions } = services.registry;
      const [uses, volumes, clones] = await Promise.all([
        readImageUses({ image, client, cluster, sessions }, { signal }),
        cluster ? volumesOf(cluster, image, sessions) : [],
        // A client that may not look into every pool still shows the rest.
        listRbdClones(client, image, { signal }).catch(() => []),
      ]);
      return { known, uses, volumes, clones };
    });
    const items = itemsOf(found, services);
    const picked = await vscode.window.showQuickPick(items, {
      title: t('Who uses {0}', fullName(found.known.image)),
      placeHolder: t('Choose what is to be shown in the tree'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    const row = await picked?.find?.();
    if (row) await reveal(row, services);
  },
});

interface Found {
  readonly known: LocatedImage;
  readonly uses: ImageUses;
  readonly volumes: readonly ImageVolume[];
  readonly clones: readonly RbdClone[];
}

interface UseItem extends vscode.QuickPickItem {
  /** Its row; undefined where there is none. */
  readonly find?: () => Promise<ExplorerNode | undefined>;
}

function itemsOf({ known, uses, volumes, clones }: Found, { explorer }: CommandServices): readonly UseItem[] {
  const { cluster } = known;
  const domain = (user: ImageUser) => () => findDomainRow(explorer, user.session, user.domain.uuid);
  return [
    ...section(
      t('Domains that name it'),
      t('No domain of a connected host names it.'),
      uses.users.map((user) => ({
        label: `$(${user.isRunning ? 'vm-running' : 'vm'}) ${userName(user)}`,
        description: useWords(user).join(' · '),
        find: domain(user),
      })),
    ),
    ...section(
      t('Open now'),
      t('Nobody has it open.'),
      uses.watchers.kind === 'unknown'
        ? [{ label: `$(warning) ${t('Not known: {0}', uses.watchers.reason)}` }]
        : uses.watchers.watchers.map((one): UseItem => {
            const { holder } = one;
            return {
              label: `$(eye) ${watcherWords(one)}`,
              description: t('{0} · client {1}', one.watcher.address, one.watcher.client),
              ...(holder.kind === 'domain' && { find: domain(holder.user) }),
            };
          }),
    ),
    ...section(
      t('Volumes of libvirt'),
      undefined,
      volumes.map(({ session, pool, name, isListed }) => ({
        label: `$(file-binary) ${t('{0} of the storage pool {1} on {2}', name, pool, session.name)}`,
        description: isListed === false ? t('not listed: refresh the pool') : '',
        find: () => findVolumeRow(explorer, session, pool, name),
      })),
    ),
    ...section(
      t('Clones'),
      undefined,
      clones.map((clone): UseItem => ({
        label: `$(layers) ${fullName(clone)}`,
        description: clone.isTrashed ? t('in the trash') : '',
        ...(cluster && !clone.isTrashed && { find: () => findImageRow(explorer, cluster, clone) }),
      })),
    ),
    ...section(
      t('Not looked at'),
      undefined,
      uses.unseen.map((one) => ({ label: `$(circle-slash) ${unseenWords(one)}` })),
    ),
  ];
}

/** A heading with what is below it; without anything, what that means, or nothing at all. */
function section(label: string, empty: string | undefined, items: readonly UseItem[]): readonly UseItem[] {
  if (items.length === 0 && empty === undefined) return [];
  const separator = { label, kind: vscode.QuickPickItemKind.Separator };
  return [separator, ...(items.length > 0 ? items : [{ label: `$(circle-slash) ${empty ?? ''}` }])];
}
