import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { makeImageReport, type ImageReport, type UsedImage } from '../../../hosts/clusters/imageReport.ts';
import type { ImageUser } from '../../../hosts/clusters/imageUser.ts';
import { unseenWords, userName, useWords, watcherWords } from '../../../hosts/clusters/useWords.ts';
import { objectCommand } from '../command.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { columns } from '../reports/columns.ts';
import { showReport } from '../reports/showReport.ts';

/** Which images nobody uses, which domains' images are gone, and which are used twice: a text to read and to copy. */
export const findUnusedImagesCommand = objectCommand({
  id: 'libvirt.image.findUnused',
  on: { kinds: ['cluster', 'cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const { cluster } = node;
    const where =
      node.kind === 'cluster' ? t('the Ceph cluster {0}', cluster.name) : t('the Ceph pool {0}', node.name);
    const title = t('Looking for unused RBD images of {0}', where);
    const { sessions } = services.registry;
    const pools = node.kind === 'cluster' ? undefined : [node.name];
    const found = await onCluster(node, services, { title }, (_client, signal, report) =>
      makeImageReport(cluster, pools, sessions, { signal, report }),
    );
    const seen = sessions.filter((session) => session.connected).map(({ name }) => name);
    await showReport(t('RBD images and their users'), [
      t('RBD images of {0} and the domains that use them', where),
      t('{0} images, domains of these hosts: {1}', found.images, seen.join(', ')),
      ...linesOf(found),
    ]);
  },
});

function linesOf({ unused, missing, shared, unseen, unread }: ImageReport): readonly string[] {
  const alone = unused.filter(({ clones, watchers = [] }) => clones === 0 && watchers.length === 0);
  const parents = unused.filter(({ clones, watchers = [] }) => clones > 0 && watchers.length === 0);
  const open = unused.filter(({ watchers = [] }) => watchers.length > 0);
  return [
    ...part(t('Not looked at: their domains may use images that seem unused here'), [
      ...unseen.map((one) => [unseenWords(one)]),
      ...unread.map(({ place, reason }) => [place, reason]),
    ]),
    ...part(
      t('Used by nothing'),
      alone.map(({ name, size, watchers }) => [
        name,
        formatBytes(size),
        ...(watchers === undefined ? [t('not asked who has it open')] : []),
      ]),
      alone.length > 0 ? t('together {0} as guests would see them', formatBytes(sum(alone))) : t('none'),
    ),
    ...part(
      t('Open, though no domain of a connected host names them'),
      open.map(({ name, size, watchers = [] }) => [
        name,
        formatBytes(size),
        watchers.map(watcherWords).join('; '),
      ]),
    ),
    ...part(
      t('Used only by their clones'),
      parents.map(({ name, size, clones }) => [name, formatBytes(size), t('{0} clones', clones)]),
    ),
    ...part(
      t('Named by domains, and not there'),
      missing.flatMap((one) => usersOf(one, one.isTrashed ? [t('it is in the trash')] : [])),
      missing.length > 0 ? undefined : t('none'),
    ),
    ...part(
      t('Used twice, and not only for reading'),
      shared.flatMap((one) => usersOf(one, [])),
      shared.length > 0 ? undefined : t('none'),
    ),
  ];
}

function sum(images: readonly { readonly size: number }[]): number {
  return images.reduce((all, { size }) => all + size, 0);
}

function usersOf({ name, users }: UsedImage, more: readonly string[]): readonly (readonly string[])[] {
  return users.map((user: ImageUser, index) => [
    index === 0 ? name : '',
    userName(user),
    [...useWords(user), ...(index === 0 ? more : [])].join(', '),
  ]);
}

/** A heading with rows below it; without rows and words nothing at all. */
function part(heading: string, rows: readonly (readonly string[])[], words?: string): readonly string[] {
  if (rows.length === 0 && words === undefined) return [];
  return [
    '',
    heading,
    ...columns(rows).map((line) => `  ${line}`),
    ...(words === undefined ? [] : [`  ${words}`]),
  ];
}
