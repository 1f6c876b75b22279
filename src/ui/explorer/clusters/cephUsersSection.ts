import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephUser } from '../../../ceph/cephUsers.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { isForDaemons } from '../../../operations/cephUsers/capsInWords.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { CephUserNode } from './cephUserNode.ts';
import { ClusterSection } from './clusterSection.ts';

/** Who may log in to the cluster as a client; those that are there for Ceph's own programs come last. */
export class CephUsersSection extends ClusterSection {
  protected readonly label = t('Ceph Users');
  protected readonly icon = new vscode.ThemeIcon('account');
  readonly #users = new NodeCache<string, CephUserNode>();

  constructor(parent: ExplorerNode, cluster: CephCluster) {
    super(parent, cluster, 'cephUsers', ['users']);
  }

  protected describe(): string {
    const users = this.cluster.users.value?.filter(isClient);
    return users ? String(users.length) : '';
  }

  protected async rows(): Promise<readonly ExplorerNode[]> {
    const users = (await this.cluster.users.latest()).filter(isClient);
    const inOrder = [...users.filter((user) => !isForDaemons(user)), ...users.filter(isForDaemons)];
    return this.#users.sync(
      inOrder.map(({ entity }) => entity),
      (entity) => new CephUserNode(this, this.cluster, entity),
    );
  }
}

function isClient({ entity }: CephUser): boolean {
  return entity.startsWith('client.');
}
