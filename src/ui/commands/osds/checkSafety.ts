import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { whyNotDestroy, whyNotStop } from '../../../ceph/osdChanges.ts';
import { onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';

/** Asks Ceph whether an OSD can be stopped, and whether it can be thrown away. */
export const checkSafetyOsdCommand = objectCommand({
  id: 'libvirt.osd.checkSafety',
  on: { kinds: ['osd'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, osdId } = node;
    const progress = { title: t('Asking Ceph whether {0} may stop', name) };
    const [stop, destroy] = await onCluster(node, services, progress, (client, signal) =>
      Promise.all([whyNotStop(client, [osdId], { signal }), whyNotDestroy(client, [osdId], { signal })]),
    );
    const lines = [
      stop === undefined
        ? t('It can be stopped now: all data stays reachable.')
        : t('It cannot be stopped now: {0}', stop),
      destroy === undefined
        ? t('It can be destroyed: nothing is lost, and nothing gets less safe.')
        : t('It cannot be destroyed: {0}', destroy),
    ];
    void vscode.window.showInformationMessage(t('{0} of the Ceph cluster {1}', name, node.cluster.name), {
      modal: true,
      detail: lines.join('\n\n'),
    });
  },
});
