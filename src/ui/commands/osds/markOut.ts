import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { markOsdsIn, markOsdsOut } from '../../../ceph/osdChanges.ts';
import { confirm } from '../../prompts/confirm.ts';
import { namesInCluster, roomInWords } from './osdQuestions.ts';
import { osdCommand } from './osdWork.ts';

export const markOutOsdCommand = osdCommand({
  id: 'libvirt.osd.markOut',
  traits: ['in'],
  title: (names, cluster) => t('Marking {0} of the Ceph cluster {1} out', names, cluster),
  confirm: async (nodes) => {
    const [{ cluster } = {}] = nodes;
    if (!cluster) return false;
    await Promise.all([cluster.osdUsage.get(), cluster.osdMap.get()]).catch(() => undefined);
    const isHeld = cluster.osdMap.value?.flags.some(
      (flag) => flag === 'norebalance' || flag === 'nobackfill',
    );
    return confirm(
      t('Mark {0} of the Ceph cluster {1} out?', namesInCluster(nodes), cluster.name),
      sentences(
        t('Ceph moves its data to the other OSDs, which takes time and slows clients down; nothing is lost.'),
        t('It goes on to run, and can be marked in again.'),
        roomInWords(cluster, nodes),
        isHeld === true ? t('A flag of the cluster holds the moving up until it is unset.') : undefined,
      ),
      t('Mark Out'),
    );
  },
  act: markOsdsOut,
});

export const markInOsdCommand = osdCommand({
  id: 'libvirt.osd.markIn',
  traits: ['out'],
  title: (names, cluster) => t('Marking {0} of the Ceph cluster {1} in', names, cluster),
  confirm: async (nodes) => {
    const [{ cluster } = {}] = nodes;
    if (!cluster) return false;
    return confirm(
      t('Mark {0} of the Ceph cluster {1} in?', namesInCluster(nodes), cluster.name),
      t('Ceph moves data to it again, which takes time and slows clients down.'),
      t('Mark In'),
    );
  },
  act: markOsdsIn,
});
