import { t } from '../../../base/l10n.ts';
import { enablePoolApplication, initRbdPool } from '../../../ceph/changeCephPool.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { changePool, poolAmong, readFacts } from './changePool.ts';

/** Of a pool that was made by `ceph osd pool create` alone. */
export const enableRbdCommand = objectCommand({
  id: 'libvirt.cephPool.enableRbd',
  on: { kinds: ['cephPool'], traits: ['connected', 'other'] },
  run: async (node, services) => {
    const { name, cluster } = node;
    const pool = poolAmong(await readFacts(node, services), node);
    const [other] = pool.applications;
    if (
      other !== undefined &&
      !(await confirm(
        t(
          'Use the Ceph pool {0} of {1} for RBD although it is for {2}?',
          name,
          cluster.name,
          pool.applications.join(', '),
        ),
        t(
          'Both would keep their objects side by side. Make a pool of its own for RBD unless you know that this one is free.',
        ),
        t('Use It for RBD'),
      ))
    )
      return;
    await changePool(
      node,
      services,
      t('Preparing the Ceph pool {0} for RBD', name),
      async (client, signal) => {
        await enablePoolApplication(client, name, 'rbd', { signal });
        if (pool.type === 'replicated') await initRbdPool(client, name, { signal });
      },
    );
  },
});
