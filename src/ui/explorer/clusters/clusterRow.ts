import * as vscode from 'vscode';
import { messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { isForbidden } from '../../../ceph/cephError.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { MessageNode } from '../messageNode.ts';
import { ObjectNode, type ExplorerNode } from '../node.ts';

/** A row of a Ceph cluster: its host is the one through which the cluster is seen. */
export abstract class ClusterRow extends ObjectNode {
  readonly cluster: CephCluster;
  readonly uuid = undefined;

  constructor(parent: ExplorerNode | undefined, cluster: CephCluster) {
    super(parent);
    this.cluster = cluster;
  }

  override get host(): HostSession {
    return this.cluster.host;
  }

  /** Those that allow an action only while a connected host knows the cluster. */
  protected connectedTraits(...traits: readonly string[]): readonly string[] {
    return this.cluster.route ? ['connected', ...traits] : [];
  }
}

/** In place of rows that cannot be read: what the client may not see is no failure. */
export function unreadableRow(parent: ClusterRow, error: unknown): MessageNode {
  const { cluster } = parent;
  if (isForbidden(error)) {
    return new MessageNode(parent, 'forbidden', {
      icon: new vscode.ThemeIcon('lock'),
      text: t('client.{0} may not see this.', cluster.route?.clientId ?? ''),
      detail: t(
        'Its capabilities do not reach that far. A host that has the keyring of a client with “allow r” shows it. Select to use another client.',
      ),
      command: {
        command: 'libvirt.cluster.useClient',
        title: t('Use Another Ceph Client…'),
        arguments: [rowOfCluster(parent)],
      },
    });
  }
  return new MessageNode(parent, 'failed', {
    icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
    text: messageOf(error),
    detail: error instanceof Problem ? error.advice : undefined,
  });
}

/** The row of the cluster that a row is below. */
function rowOfCluster(row: ExplorerNode): ExplorerNode {
  return row.parent ? rowOfCluster(row.parent) : row;
}

/** Above rows that were read before the cluster fell silent. */
export function staleRow(parent: ClusterRow, error: unknown): MessageNode {
  return new MessageNode(parent, 'stale', {
    icon: new vscode.ThemeIcon('history'),
    text: t('What is below was last known: {0}', messageOf(error)),
    detail: error instanceof Problem ? error.advice : undefined,
  });
}
