import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { osdFlags, setOsdFlag, unsetOsdFlag, type OsdFlag } from '../../../ceph/osdMap.ts';
import { flagInWords } from '../../explorer/clusters/osdWords.ts';
import type { ClusterNode } from '../../explorer/clusters/clusterNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { changeCluster, onCluster } from './onCluster.ts';

/** Stops what the cluster does by itself, or all that clients do: of all flags those that are chosen are set then. */
export const setFlagsCommand = objectCommand({
  id: 'libvirt.cluster.setFlags',
  on: { kinds: ['cluster'], traits: ['connected'], sections: ['osds'] },
  run: async (node, services) => {
    const { cluster, name } = node;
    const reading = { title: t('Reading the flags of the Ceph cluster {0}', name) };
    const { flags } = await onCluster(node, services, reading, () => cluster.osdMap.read());
    const chosen = await wizard(t('Flags of the Ceph cluster {0}', name), (ask) =>
      ask.pickMany({
        placeholder: t('Which are to be set?'),
        choices: osdFlags.map((flag) => ({ label: flag, detail: flagInWords(flag), value: flag })),
        preselected: (flag) => flags.includes(flag),
      }),
    );
    if (!chosen) return;
    const toSet = chosen.filter((flag) => !flags.includes(flag));
    const toUnset = flags.filter((flag) => !chosen.includes(flag));
    if (toSet.length + toUnset.length === 0) return;
    if (await confirmed(node, toSet)) await changeFlags(node, services, toSet, toUnset);
  },
});

/** Before a host with OSDs is rebooted. */
export const setNooutCommand = objectCommand({
  id: 'libvirt.cluster.setNoout',
  on: { kinds: ['cluster'], traits: ['noout-unset', 'connected'], sections: ['osds'] },
  run: (node, services) => changeFlags(node, services, ['noout'], []),
});

export const unsetNooutCommand = objectCommand({
  id: 'libvirt.cluster.unsetNoout',
  on: { kinds: ['cluster'], traits: ['noout-set', 'connected'], sections: ['osds'] },
  run: (node, services) => changeFlags(node, services, [], ['noout']),
});

/** Flags that are harmless for a while are set without a question. */
const serious: readonly OsdFlag[] = ['pause', 'noup', 'nodown', 'norecover'];

async function confirmed({ name }: ClusterNode, toSet: readonly OsdFlag[]): Promise<boolean> {
  const asked = toSet.filter((flag) => serious.includes(flag));
  if (asked.length === 0) return true;
  return confirm(
    t('Set {0} on the Ceph cluster {1}?', asked.join(', '), name),
    sentences(...asked.map(flagInWords), t('It stays so until the flag is unset.')),
    t('Set Flags'),
  );
}

async function changeFlags(
  node: ClusterNode,
  services: CommandServices,
  toSet: readonly OsdFlag[],
  toUnset: readonly OsdFlag[],
): Promise<void> {
  const progress = { title: t('Changing the flags of the Ceph cluster {0}', node.name) };
  await changeCluster(node, services, progress, ['osdMap', 'health', 'status'], async (client, signal) => {
    for (const flag of toSet) await setOsdFlag(client, flag, { signal });
    for (const flag of toUnset) await unsetOsdFlag(client, flag, { signal });
  });
  const said = [
    ...(toSet.length > 0 ? [t('{0} is set', toSet.join(', '))] : []),
    ...(toUnset.length > 0 ? [t('{0} is unset', toUnset.join(', '))] : []),
  ];
  vscode.window.setStatusBarMessage(t('Ceph cluster {0}: {1}', node.name, said.join(', ')), 5000);
}
