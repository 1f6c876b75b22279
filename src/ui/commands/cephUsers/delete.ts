import { CodedProblem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { removeCephUser } from '../../../ceph/cephUsers.ts';
import type { CephUserNode } from '../../explorer/clusters/cephUserNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { changeCluster } from '../clusters/onCluster.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { loginsInWords } from './loginsInWords.ts';
import { orSayForbidden } from './requireUsers.ts';

/** The user that the cluster is seen by cannot remove itself. */
export class OwnUserProblem extends CodedProblem<'own-user'> {}

export const deleteCephUserCommand = objectCommand({
  id: 'libvirt.cephUser.delete',
  on: { kinds: ['cephUser'], traits: ['connected'] },
  run: async (row, services) => {
    refuseOwn(row);
    if (!(await isAgreed([row], services))) return;
    await orSayForbidden(
      row.cluster,
      changeCluster(
        row,
        services,
        { title: t('Deleting the Ceph user {0}', row.name) },
        ['users'],
        (client, signal) => removeCephUser(client, row.name, { signal }),
      ),
    );
  },
  bulk: {
    title: (count) => t('Deleting {0} Ceph users', count),
    prepare: async (rows, services) => {
      rows.forEach(refuseOwn);
      if (!(await isAgreed(rows, services))) return undefined;
      return async ({ cluster, name }, _host, signal) => {
        try {
          await orSayForbidden(cluster, removeCephUser(cluster.client, name, { signal }));
        } finally {
          cluster.refresh('users');
        }
      };
    },
  },
});

function refuseOwn({ cluster, clientId, name }: CephUserNode): void {
  const { route } = cluster;
  if (route?.clientId !== clientId) return;
  throw new OwnUserProblem(
    'own-user',
    t(
      '{0} is the user by which the Ceph cluster {1} is seen from {2}.',
      name,
      cluster.name,
      route.session.name,
    ),
    { advice: t('Delete it by “ceph auth del” on a monitor, as another user.') },
  );
}

async function isAgreed(rows: readonly CephUserNode[], services: CommandServices): Promise<boolean> {
  const [row] = rows;
  if (!row) return false;
  const uses = await Promise.all(
    rows.map(async (one) => {
      const words = await loginsInWords(one, one.clientId, services);
      if (words === '') return [];
      return rows.length === 1 ? [words] : [`${one.name}: ${words.replaceAll('\n', ' ')}`];
    }),
  );
  const lost = t('Its key is lost and cannot be brought back: a new user of that name has another one.');
  const known = uses.flat();
  const names = rows.length === 1 ? [] : [rows.map(({ name }) => name).join(', '), ''];
  const consequence = [
    ...names,
    lost,
    '',
    ...(known.length === 0
      ? [t('No pool or domain of the connected hosts logs in with it. Hosts that are not connected may.')]
      : [...known, '', t('They cannot log in any more: what runs may hang on its disks soon.')]),
  ].join('\n');
  return confirm(
    rows.length === 1
      ? t('Delete {0} of the Ceph cluster {1}?', row.name, row.cluster.name)
      : t('Delete {0} Ceph users?', rows.length),
    consequence,
    t('Delete'),
  );
}
