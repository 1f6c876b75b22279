import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephCluster, PartName } from '../../../hosts/clusters/cephCluster.ts';
import type { ExplorerNode } from '../node.ts';
import { ClusterRow, unreadableRow } from './clusterRow.ts';

/** A heading below a cluster: its OSDs, its pools ... Read when it is opened. */
export abstract class ClusterSection extends ClusterRow {
  readonly kind = 'clusterSection';
  readonly id: string;
  /** Among the traits, for menus: `osds` ... */
  readonly key: string;
  /** The parts of the cluster that it shows. */
  readonly parts: readonly PartName[];
  protected abstract readonly label: string;
  protected abstract readonly icon: vscode.ThemeIcon;

  constructor(parent: ExplorerNode, cluster: CephCluster, key: string, parts: readonly PartName[]) {
    super(parent, cluster);
    this.key = key;
    this.parts = parts;
    this.id = `${parent.id}/${key}`;
  }

  /** Its cluster's. */
  get name(): string {
    return this.cluster.name;
  }

  override get traits(): readonly string[] {
    return this.connectedTraits(this.key, ...this.states());
  }

  /** More traits, for menus. */
  protected states(): readonly string[] {
    return [];
  }

  /** Beside the label, in words. */
  protected abstract describe(): string;

  /** The rows; rejects when they cannot be read. */
  protected abstract rows(): Promise<readonly ExplorerNode[]>;

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.label, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = this.icon;
    item.description = this.describe();
    item.accessibilityInformation = {
      label: t('{0} of the Ceph cluster {1}: {2}', this.label, this.name, item.description),
    };
    return item;
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    try {
      return await this.rows();
    } catch (error) {
      return [unreadableRow(this, error)];
    }
  }
}
