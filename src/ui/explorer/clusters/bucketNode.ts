import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CrushBucket, Osd } from '../../../ceph/osds.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { ClusterRow } from './clusterRow.ts';
import { OsdNode } from './osdNode.ts';
import { fillInWords } from './osdWords.ts';

/** A node of the CRUSH tree: a root, a rack, a host ... */
export class BucketNode extends ClusterRow {
  readonly kind = 'bucket';
  readonly id: string;
  readonly bucketId: number;
  readonly #rows = new NodeCache<number, BucketNode | OsdNode>();

  constructor(parent: ExplorerNode, cluster: CephCluster, bucket: number) {
    super(parent, cluster);
    this.bucketId = bucket;
    this.id = `${parent.id}/${bucket}`;
  }

  get bucket(): CrushBucket | undefined {
    return this.cluster.osds.value?.buckets.find(({ id }) => id === this.bucketId);
  }

  get name(): string {
    return this.bucket?.name ?? String(this.bucketId);
  }

  item(): vscode.TreeItem {
    const { bucket } = this;
    const isRoot = bucket?.type === 'root';
    const item = new vscode.TreeItem(
      this.name,
      isRoot ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
    );
    const osds = this.#osdsBelow();
    const down = osds.filter(({ isUp }) => !isUp).length;
    const out = osds.filter(({ isIn }) => !isIn).length;
    const fill = this.cluster.osdUsage.value?.get(this.bucketId);
    item.iconPath =
      down > 0
        ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
        : new vscode.ThemeIcon(isRoot ? 'list-tree' : bucket?.type === 'host' ? 'vm' : 'layers');
    item.description = [
      bucket?.type,
      osds.length === 1 ? t('1 OSD') : t('{0} OSDs', osds.length),
      down > 0 ? t('{0} down', down) : undefined,
      out > 0 ? t('{0} out', out) : undefined,
      fill && fillInWords(fill),
    ]
      .filter((text) => text !== undefined)
      .join(' · ');
    item.accessibilityInformation = { label: t('CRUSH bucket {0}, {1}', this.name, item.description) };
    return item;
  }

  override children(): readonly ExplorerNode[] {
    const { cluster } = this;
    const isBucket = (id: number): boolean => id < 0;
    const ids = [...(this.bucket?.children ?? [])].sort((a, b) =>
      isBucket(a) === isBucket(b) ? Math.abs(a) - Math.abs(b) : a - b,
    );
    return this.#rows.sync(ids, (id) =>
      isBucket(id) ? new BucketNode(this, cluster, id) : new OsdNode(this, cluster, id),
    );
  }

  #osdsBelow(): readonly Osd[] {
    const tree = this.cluster.osds.value;
    if (!tree) return [];
    const buckets = new Map(tree.buckets.map((one) => [one.id, one]));
    const ids = new Set<number>();
    const visit = (id: number): void => {
      if (id >= 0) ids.add(id);
      else for (const child of buckets.get(id)?.children ?? []) visit(child);
    };
    visit(this.bucketId);
    return tree.osds.filter(({ id }) => ids.has(id));
  }
}
