import { t } from '../../../base/l10n.ts';
import { muteHealthCheck } from '../../../ceph/clusterStatus.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { changeCluster } from './onCluster.ts';

interface Mute {
  readonly duration: string | undefined;
  readonly isSticky: boolean;
}

/** Keeps a check from counting for the health of the cluster; Ceph goes on to watch it. */
export const muteCheckCommand = objectCommand({
  id: 'libvirt.cluster.muteCheck',
  on: { kinds: ['healthCheck'], traits: ['connected', 'loud'] },
  run: async (node, services) => {
    const { name, cluster } = node;
    const lasting = (duration: string | undefined, isSticky = false): Mute => ({ duration, isSticky });
    const untilWorse = t('It counts again at once when it gets worse.');
    const mute = await wizard(t('Mute {0} of the Ceph cluster {1}', name, cluster.name), (ask) =>
      ask.pick({
        placeholder: t('For how long?'),
        choices: [
          { label: t('1 hour'), detail: untilWorse, value: lasting('1h') },
          { label: t('8 hours'), detail: untilWorse, value: lasting('8h') },
          { label: t('1 day'), detail: untilWorse, value: lasting('1d') },
          { label: t('1 week'), detail: untilWorse, value: lasting('1w') },
          { label: t('Until it is gone or gets worse'), value: lasting(undefined) },
          {
            label: t('For good'),
            detail: t('Also when it gets worse, or is gone and comes back. Only unmuting ends it.'),
            value: lasting(undefined, true),
          },
        ],
      }),
    );
    if (!mute) return;
    const progress = { title: t('Muting {0} of the Ceph cluster {1}', name, cluster.name) };
    await changeCluster(node, services, progress, ['health', 'status'], (client, signal) =>
      muteHealthCheck(client, name, { ...mute, signal }),
    );
  },
});
