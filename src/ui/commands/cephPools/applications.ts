import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { disablePoolApplication, enablePoolApplication, initRbdPool } from '../../../ceph/changeCephPool.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { changePool, poolAmong, readFacts } from './changePool.ts';

/** Those that Ceph's own services use, https://docs.ceph.com/en/latest/rados/operations/pools/. */
const known: readonly (readonly [name: string, what: () => string])[] = [
  ['rbd', () => t('RBD images: disks of virtual machines')],
  ['cephfs', () => t('a CephFS file system')],
  ['rgw', () => t('the object gateway (S3, Swift)')],
];

export const changeApplicationsCommand = objectCommand({
  id: 'libvirt.cephPool.applications',
  on: { kinds: ['cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, cluster } = node;
    const { applications: before } = poolAmong(await readFacts(node, services), node);
    const others = before.filter((application) => !known.some(([one]) => one === application));
    const wanted = await wizard(t('Applications of {0}', name), (ask) =>
      ask.pickMany({
        placeholder: t('What is the pool for? Ceph warns of a pool with none.'),
        choices: [
          ...known.map(([application, what]) => ({
            label: application,
            description: what(),
            value: application,
          })),
          ...others.map((application) => ({ label: application, value: application })),
        ],
        preselected: (application) => before.includes(application),
      }),
    );
    if (!wanted) return;
    const added = wanted.filter((application) => !before.includes(application));
    const removed = before.filter((application) => !wanted.includes(application));
    if (added.length + removed.length === 0) return;
    const isMixed = wanted.length > 1 && added.length > 0;
    if ((removed.length > 0 || isMixed) && !(await confirmChange(name, cluster.name, wanted, removed)))
      return;
    await changePool(
      node,
      services,
      t('Changing the applications of the Ceph pool {0}', name),
      async (client, signal) => {
        for (const application of added) await enablePoolApplication(client, name, application, { signal });
        if (added.includes('rbd') && node.pool?.type !== 'erasure')
          await initRbdPool(client, name, { signal });
        for (const application of removed)
          await disablePoolApplication(client, name, application, { signal });
      },
    );
  },
});

function confirmChange(
  pool: string,
  cluster: string,
  wanted: readonly string[],
  removed: readonly string[],
): Promise<boolean> {
  return confirm(
    t('Change what the Ceph pool {0} of {1} is for?', pool, cluster),
    sentences(
      removed.length === 0
        ? undefined
        : t(
            'No longer for {0}: its data stays, but clients whose capabilities go by the application may lose access, and Ceph no longer knows what the pool holds.',
            removed.join(', '),
          ),
      wanted.length > 1
        ? t(
            'One pool for several applications ({0}) is unusual: they cannot tell their data apart.',
            wanted.join(', '),
          )
        : undefined,
    ),
    t('Change Applications'),
  );
}
