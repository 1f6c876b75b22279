import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { Hindrance } from '../../../hosts/clusters/hindrance.ts';
import { hindranceInWords, remediesFor } from '../../../hosts/clusters/hindranceWords.ts';
import { ClusterNode } from '../../explorer/clusters/clusterNode.ts';
import { objectCommand } from '../command.ts';

/** Says why Ceph cannot be reached from a host, and copies the command that helps. */
export const showRemediesCommand = objectCommand({
  id: 'libvirt.cluster.showRemedies',
  on: { kinds: ['cluster', 'host'], traits: ['hindered'] },
  run: async (node) => {
    const hindrances =
      node instanceof ClusterNode ? node.cluster.hindrances : node.hindrance ? [node.hindrance] : [];
    await showHindrances(hindrances);
  },
});

interface RemedyItem extends vscode.QuickPickItem {
  readonly command?: string;
}

/** Lists what helps against each of them; choosing one copies its command. */
export async function showHindrances(hindrances: readonly Hindrance[]): Promise<void> {
  const items: readonly RemedyItem[] = hindrances.flatMap((hindrance) => [
    { label: hindranceInWords(hindrance), kind: vscode.QuickPickItemKind.Separator },
    ...remediesFor(hindrance).map(({ label, command }) => ({ label, detail: command, command })),
  ]);
  const title = hindrances.map(hindranceInWords).join(' ');
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: t(
      'Choose what helps: its command is copied, to be run on the host. Then look for clusters again.',
    ),
    ignoreFocusOut: true,
  });
  if (chosen?.command === undefined) return;
  await vscode.env.clipboard.writeText(chosen.command);
  const again = t('Look Again');
  const answer = await vscode.window.showInformationMessage(t('Copied: {0}', chosen.command), again);
  if (answer === again) await vscode.commands.executeCommand('libvirt.cluster.lookAgain');
}
