import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { Osd } from '../../../ceph/osds.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { ClusterRow } from './clusterRow.ts';
import { ClusterSection } from './clusterSection.ts';

/** The OSDs, where CRUSH has them. */
export class OsdsSection extends ClusterSection {
  protected readonly label = t('OSDs');
  protected readonly icon = new vscode.ThemeIcon('server');
  readonly #osds = new NodeCache<number, OsdNode>();

  constructor(parent: ExplorerNode, cluster: CephCluster) {
    super(parent, cluster, 'osds', ['osds']);
  }

  protected describe(): string {
    const { value } = this.cluster.status;
    return value ? t('{0}: {1} up, {2} in', value.osds, value.osdsUp, value.osdsIn) : '';
  }

  protected async rows(): Promise<readonly ExplorerNode[]> {
    const { osds } = await this.cluster.osds.get();
    return this.#osds.sync(
      osds.map(({ id }) => id),
      (osd) => new OsdNode(this, this.cluster, osd),
    );
  }
}

export class OsdNode extends ClusterRow {
  readonly kind = 'osd';
  readonly id: string;
  readonly osdId: number;

  constructor(parent: ExplorerNode, cluster: CephCluster, osd: number) {
    super(parent, cluster);
    this.osdId = osd;
    this.id = `${parent.id}/osd.${osd}`;
  }

  get name(): string {
    return `osd.${this.osdId}`;
  }

  get osd(): Osd | undefined {
    return this.cluster.osds.value?.osds.find(({ id }) => id === this.osdId);
  }

  override get traits(): readonly string[] {
    const { osd } = this;
    if (!osd) return [];
    return this.connectedTraits(osd.isUp ? 'up' : 'down', osd.isIn ? 'in' : 'out');
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('server');
    return item;
  }
}
