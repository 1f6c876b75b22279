import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { CephPool, CephPoolUsage } from '../../../ceph/cephPools.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { ExplorerNode } from '../node.ts';
import { ClusterRow, unreadableRow } from './clusterRow.ts';
import { ImageRows } from './imageRows.ts';

/** A pool of Ceph; below it are its RBD images. */
export class CephPoolNode extends ClusterRow {
  readonly kind = 'cephPool';
  readonly id: string;
  readonly name: string;
  readonly #images: ImageRows;

  constructor(parent: ExplorerNode, cluster: CephCluster, pool: string) {
    super(parent, cluster);
    this.name = pool;
    this.id = `${parent.id}/${pool}`;
    this.#images = new ImageRows(this, { pool, namespace: undefined });
  }

  get pool(): CephPool | undefined {
    return this.cluster.pools.value?.find(({ name }) => name === this.name);
  }

  get usage(): CephPoolUsage | undefined {
    return this.cluster.usage.value?.pools.find(({ name }) => name === this.name);
  }

  override get traits(): readonly string[] {
    return this.connectedTraits(this.pool?.applications.includes('rbd') === true ? 'rbd' : 'other');
  }

  item(): vscode.TreeItem {
    this.cluster.usage.want();
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon('database');
    item.description = this.usage ? t('{0} free', formatBytes(this.usage.available)) : '';
    item.accessibilityInformation = { label: t('Ceph pool {0}, {1}', this.name, item.description) };
    return item;
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    try {
      return await this.#images.read();
    } catch (error) {
      return [unreadableRow(this, error)];
    }
  }
}
