import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { Hindrance } from '../../../hosts/clusters/hindrance.ts';
import { hindranceInWords, remediesFor } from '../../../hosts/clusters/hindranceWords.ts';
import { MessageNode } from '../messageNode.ts';
import type { ExplorerNode } from '../node.ts';

/** Says why a host is no way to Ceph; choosing it offers what helps. @param owner the row of the cluster or the host */
export function hindranceRow(owner: ExplorerNode, hindrance: Hindrance): MessageNode {
  const remedies = remediesFor(hindrance).map(({ label, command }) => t('{0}: {1}', label, command));
  return new MessageNode(owner, `hindrance/${hindrance.session.name}/${hindrance.kind}`, {
    icon: new vscode.ThemeIcon(hindrance.kind === 'no-programs' ? 'package' : 'lock'),
    text: t('Ceph: {0}', hindranceInWords(hindrance)),
    detail: [t('Select for what helps.'), ...remedies].join('\n'),
    command: {
      command: 'libvirt.cluster.showRemedies',
      title: t('Show What Helps'),
      arguments: [owner],
    },
  });
}
