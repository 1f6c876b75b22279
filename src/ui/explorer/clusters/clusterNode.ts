import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephCluster, ClusterChange } from '../../../hosts/clusters/cephCluster.ts';
import type { ImagesChange } from '../../../hosts/clusters/placeImages.ts';
import type { ExplorerNode } from '../node.ts';
import { CephPoolsSection } from './cephPoolsSection.ts';
import { CephUsersSection } from './cephUsersSection.ts';
import { ClusterRow } from './clusterRow.ts';
import type { ClusterSection } from './clusterSection.ts';
import { clusterTooltip } from './clusterTooltip.ts';
import { clusterColor, clusterInWords } from './clusterWords.ts';
import { HealthSection } from './healthSection.ts';
import { hindranceRow } from './hindranceRows.ts';
import { flagTraits, OsdsSection } from './osdsSection.ts';
import { placementGroupsInWords } from './placementGroups.ts';
import { ServicesSection } from './servicesSection.ts';

/** A Ceph cluster, beside the hosts that are its clients. */
export class ClusterNode extends ClusterRow {
  readonly kind = 'cluster';
  readonly id: string;
  readonly sections: readonly ClusterSection[];
  readonly #pools: CephPoolsSection;
  #drawn = '';

  constructor(cluster: CephCluster) {
    super(undefined, cluster);
    this.id = `cluster/${cluster.id}`;
    this.#pools = new CephPoolsSection(this, cluster);
    this.sections = [
      new HealthSection(this, cluster),
      new ServicesSection(this, cluster),
      new OsdsSection(this, cluster),
      this.#pools,
      new CephUsersSection(this, cluster),
    ];
  }

  get name(): string {
    return this.cluster.name;
  }

  override get traits(): readonly string[] {
    const { cluster } = this;
    return [
      ...this.connectedTraits(...flagTraits(cluster)),
      ...(cluster.hindrances.length > 0 ? ['hindered'] : []),
    ];
  }

  item(): vscode.TreeItem {
    const { cluster } = this;
    if (cluster.route) cluster.status.want();
    this.#drawn = this.#look();
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon('server-environment', clusterColor(cluster));
    item.description = clusterInWords(cluster);
    item.accessibilityInformation = { label: t('Ceph cluster {0}, {1}', this.name, item.description) };
    return item;
  }

  override children(): readonly ExplorerNode[] {
    const { cluster } = this;
    const isKnown = cluster.route !== undefined || cluster.status.value !== undefined;
    const notices = cluster.route ? [] : cluster.hindrances.map((one) => hindranceRow(this, one));
    return [...notices, ...(isKnown ? this.sections : [])];
  }

  /** The rows to draw again after a change: none when it shows nowhere. */
  rowsToRedraw(change: ClusterChange): readonly ExplorerNode[] {
    if (change === 'routes') return [this];
    if (change === 'status') return this.#look() === this.#drawn ? [] : [this];
    return this.sections.filter(({ parts }) => parts.includes(change));
  }

  /** What of the state of the cluster its row and the headings below it say. */
  #look(): string {
    const { value } = this.cluster.status;
    return JSON.stringify([
      clusterInWords(this.cluster),
      value && [value.osds, value.osdsUp, value.osdsIn, value.pools, value.quorum, value.monitors],
      value && [value.checks, value.hasManager, value.standbyManagers, placementGroupsInWords(value)],
    ]);
  }

  /** The rows to draw again after images of a pool have changed; none when they are not shown. */
  rowsOfImages({ pool, namespace, images }: ImagesChange): readonly ExplorerNode[] {
    const row = this.#pools.poolRow(pool);
    const place = namespace === undefined ? row : row?.namespaceRow(namespace);
    if (!place) return [];
    return images ? images.flatMap((image) => place.imageRow(image) ?? []) : [place];
  }

  override tooltip(): Promise<vscode.MarkdownString | undefined> {
    return Promise.resolve(clusterTooltip(this.cluster));
  }
}
