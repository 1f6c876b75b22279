import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { CephPool, CephPoolUsage } from '../../../ceph/cephPools.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { poolsOver } from '../../../hosts/clusters/poolsOver.ts';
import type { ExplorerNode, ObjectNode } from '../node.ts';
import { cephPoolTooltip } from './cephPoolTooltip.ts';
import { groupsInWords, redundancyInWords, troublesOf, type PoolTrouble } from './cephPoolWords.ts';
import { ClusterRow } from './clusterRow.ts';
import type { ImageNode } from './imageNode.ts';
import { ImageRows } from './imageRows.ts';
import type { NamespaceNode } from './namespaceNode.ts';

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
    const { pool } = this;
    return this.connectedTraits(
      pool?.applications.includes('rbd') === true ? 'rbd' : 'other',
      pool?.type === 'erasure' ? 'erasure' : 'replicated',
    );
  }

  item(): vscode.TreeItem {
    this.cluster.usage.want();
    const { pool, usage } = this;
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    const troubles = pool ? troublesOf(pool, usage) : [];
    item.iconPath = iconFor(troubles);
    item.description = [
      ...troubles.map(({ words }) => words),
      ...(pool && !(pool.type === 'replicated' && pool.size === 1) ? [redundancyInWords(pool)] : []),
      ...(usage
        ? [t('{0} used', formatBytes(usage.stored)), t('{0} free', formatBytes(usage.available))]
        : []),
      ...(pool ? [groupsInWords(pool)] : []),
    ].join(' · ');
    item.accessibilityInformation = { label: t('Ceph pool {0}, {1}', this.name, item.description) };
    return item;
  }

  override async tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { pool, usage } = this;
    if (!pool) return undefined;
    const place = { pool: this.name, namespace: undefined };
    const over = await poolsOver(this.cluster, place, this.cluster.hosts).catch(() => undefined);
    return cephPoolTooltip(pool, usage, over);
  }

  override children(): Promise<readonly ExplorerNode[]> {
    return this.#images.read();
  }

  override parentOf(row: ObjectNode): ExplorerNode {
    return this.#images.shownBelow(row) ?? this;
  }

  /** The row of an image, or of a namespace; undefined until it has been shown. */
  imageRow(image: string): ImageNode | undefined {
    return this.#images.row(image);
  }

  namespaceRow(namespace: string): NamespaceNode | undefined {
    return this.#images.namespaceRow(namespace);
  }
}

function iconFor(troubles: readonly PoolTrouble[]): vscode.ThemeIcon {
  if (troubles.length === 0) return new vscode.ThemeIcon('database');
  const colour = troubles.some(({ isError }) => isError) ? 'list.errorForeground' : 'list.warningForeground';
  return new vscode.ThemeIcon('database', new vscode.ThemeColor(colour));
}
