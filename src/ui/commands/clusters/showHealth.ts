import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { getHealthText } from '../../../ceph/clusterStatus.ts';
import { objectCommand } from '../command.ts';
import { onCluster } from './onCluster.ts';

/** Opens all that Ceph says of the cluster's state as a text, for reading and for a report. */
export const showHealthCommand = objectCommand({
  id: 'libvirt.cluster.showHealth',
  on: { kinds: ['cluster'], traits: ['connected'], sections: ['health'] },
  run: async (node, services) => {
    const { name } = node;
    const progress = { title: t('Reading the health of the Ceph cluster {0}', name) };
    const content = await onCluster(node, services, progress, (client, signal) =>
      getHealthText(client, { signal }),
    );
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content });
    await vscode.window.showTextDocument(document, { preview: true });
  },
});
