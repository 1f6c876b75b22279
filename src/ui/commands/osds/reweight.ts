import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { reweightOsd } from '../../../ceph/osdChanges.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { roomInWords } from './osdQuestions.ts';

/** Gives an OSD less of the data than its CRUSH weight says. */
export const reweightOsdCommand = objectCommand({
  id: 'libvirt.osd.reweight',
  on: { kinds: ['osd'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, osd, cluster } = node;
    const current = osd?.reweight ?? 1;
    const text = await wizard(t('Reweight {0} of the Ceph cluster {1}', name, cluster.name), (ask) =>
      ask.text({
        prompt: t(
          '0 to 1: the share of the data that its CRUSH weight {0} gives it. 1 is all of it, 0 marks it out. Ceph forgets it when the OSD is marked out and in.',
          Math.round((osd?.crushWeight ?? 0) * 1000) / 1000,
        ),
        value: String(Math.round(current * 1000) / 1000),
        refusal: (value) => (parseWeight(value) === undefined ? t('Type a number from 0 to 1.') : undefined),
      }),
    );
    const weight = text === undefined ? undefined : parseWeight(text);
    if (weight === undefined || weight === current) return;
    const agreed = await confirm(
      t('Reweight {0} of the Ceph cluster {1} from {2} to {3}?', name, cluster.name, current, weight),
      sentences(
        t('Ceph moves data between the OSDs, which takes time and slows clients down; nothing is lost.'),
        weight === 0 ? roomInWords(cluster, [node]) : undefined,
      ),
      t('Reweight'),
    );
    if (!agreed) return;
    const progress = { title: t('Reweighting {0} of the Ceph cluster {1}', name, cluster.name) };
    const changed = ['osds', 'status', 'health', 'osdUsage'] as const;
    await changeCluster(node, services, progress, changed, (client, signal) =>
      reweightOsd(client, node.osdId, weight, { signal }),
    );
  },
});

function parseWeight(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (!/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(trimmed)) return undefined;
  const weight = Number(trimmed);
  return weight <= 1 ? weight : undefined;
}
