import { t } from '../../../base/l10n.ts';
import { unmuteHealthCheck } from '../../../ceph/clusterStatus.ts';
import { objectCommand } from '../command.ts';
import { changeCluster } from './onCluster.ts';

export const unmuteCheckCommand = objectCommand({
  id: 'libvirt.cluster.unmuteCheck',
  on: { kinds: ['healthCheck'], traits: ['connected', 'muted'] },
  run: async (node, services) => {
    const { name, cluster } = node;
    const progress = { title: t('Unmuting {0} of the Ceph cluster {1}', name, cluster.name) };
    await changeCluster(node, services, progress, ['health', 'status'], (client, signal) =>
      unmuteHealthCheck(client, name, { signal }),
    );
  },
});
