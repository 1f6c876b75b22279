import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephUser } from '../../../ceph/cephUsers.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { ClusterRow } from './clusterRow.ts';
import { ClusterSection } from './clusterSection.ts';

/** Who may log in to the cluster as a client. */
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
    const users = (await this.cluster.users.get()).filter(isClient);
    return this.#users.sync(
      users.map(({ entity }) => entity),
      (entity) => new CephUserNode(this, this.cluster, entity),
    );
  }
}

function isClient({ entity }: CephUser): boolean {
  return entity.startsWith('client.');
}

export class CephUserNode extends ClusterRow {
  readonly kind = 'cephUser';
  readonly id: string;
  /** `client.libvirt` */
  readonly name: string;

  constructor(parent: ExplorerNode, cluster: CephCluster, entity: string) {
    super(parent, cluster);
    this.name = entity;
    this.id = `${parent.id}/${entity}`;
  }

  get user(): CephUser | undefined {
    return this.cluster.users.value?.find(({ entity }) => entity === this.name);
  }

  override get traits(): readonly string[] {
    return this.connectedTraits();
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('account');
    item.accessibilityInformation = { label: t('Ceph user {0}', this.name) };
    return item;
  }
}
