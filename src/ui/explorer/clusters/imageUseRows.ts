import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { readImageUses, type ImageUses } from '../../../hosts/clusters/imageUses.ts';
import { unseenWords } from '../../../hosts/clusters/useWords.ts';
import { MessageNode } from '../messageNode.ts';
import type { ExplorerNode } from '../node.ts';
import type { ImageNode } from './imageNode.ts';
import { ImageUserNode, WatcherNode } from './imageUserNodes.ts';

/** Opening a row does not wait longer for Ceph and for hosts that do not answer. */
const timeoutMs = 8000;

/** The rows below an image that say who uses it: domains that name it, and who has it open. */
export async function readImageUseRows(image: ImageNode): Promise<readonly ExplorerNode[]> {
  const { cluster } = image;
  try {
    const uses = await cluster.ask((client) =>
      readImageUses({ image: image.image, client, cluster, sessions: cluster.neighbours }, { timeoutMs }),
    );
    return rowsOf(image, uses);
  } catch (error) {
    return [warning(image, 'uses', t('Who uses it cannot be read: {0}', messageOf(error)))];
  }
}

function rowsOf(image: ImageNode, { users, watchers, unseen }: ImageUses): readonly ExplorerNode[] {
  // A host that nobody has connected to is no news; one that should answer and does not is.
  const silent = unseen.filter(({ why }) => why === 'silent');
  return [
    ...users.map((user) => new ImageUserNode(image, user)),
    ...(watchers.kind === 'known'
      ? watchers.watchers.map((watcher) => new WatcherNode(image, watcher))
      : [warning(image, 'watchers', t('Who has it open is not known: {0}', watchers.reason))]),
    ...(silent.length > 0
      ? [warning(image, 'unseen', t('Not looked at: {0}', silent.map(unseenWords).join(', ')))]
      : []),
  ];
}

function warning(image: ImageNode, key: string, text: string): MessageNode {
  return new MessageNode(image, key, {
    icon: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
    text,
  });
}
