import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { markOsdsDown, whyNotStop } from '../../../ceph/osdChanges.ts';
import { confirm } from '../../prompts/confirm.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { namesInCluster } from './osdQuestions.ts';
import { osdCommand } from './osdWork.ts';

export const markDownOsdCommand = osdCommand({
  id: 'libvirt.osd.markDown',
  traits: ['up'],
  title: (names, cluster) => t('Marking {0} of the Ceph cluster {1} down', names, cluster),
  confirm: async (nodes, services) => {
    const [first] = nodes;
    if (!first) return false;
    const names = namesInCluster(nodes);
    const { cluster } = first;
    const asking = { title: t('Asking Ceph whether {0} may stop', names) };
    const why = await onCluster(first, services, asking, (client, signal) =>
      whyNotStop(
        client,
        nodes.map(({ osdId }) => osdId),
        { signal },
      ),
    );
    return confirm(
      t('Mark {0} of the Ceph cluster {1} down?', names, cluster.name),
      sentences(
        t(
          'Clients are sent to the other replicas. One that still runs says so, and is up again within seconds: then its connections are new.',
        ),
        why === undefined
          ? t('Ceph says that all data stays reachable meanwhile.')
          : t('Ceph warns: {0}.', why),
      ),
      t('Mark Down'),
    );
  },
  act: markOsdsDown,
});
