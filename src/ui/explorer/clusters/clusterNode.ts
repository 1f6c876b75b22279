import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { CephCluster, ClusterChange } from '../../../hosts/clusters/cephCluster.ts';
import type { ImagesChange } from '../../../hosts/clusters/placeImages.ts';
import type { ExplorerNode } from '../node.ts';
import { facts, heading, tooltip } from '../tooltip.ts';
import { CephPoolsSection } from './cephPoolsSection.ts';
import { CephUsersSection } from './cephUsersSection.ts';
import { ClusterRow } from './clusterRow.ts';
import type { ClusterSection } from './clusterSection.ts';
import { HealthSection } from './healthSection.ts';
import { healthWord } from './healthWords.ts';
import { OsdsSection } from './osdsSection.ts';
import { ServicesSection } from './servicesSection.ts';

/** A Ceph cluster, beside the hosts that are its clients. */
export class ClusterNode extends ClusterRow {
  readonly kind = 'cluster';
  readonly id: string;
  readonly sections: readonly ClusterSection[];
  readonly #pools: CephPoolsSection;

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
    return this.connectedTraits();
  }

  item(): vscode.TreeItem {
    this.cluster.status.want();
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = this.#icon();
    item.description = this.#description();
    item.accessibilityInformation = { label: t('Ceph cluster {0}, {1}', this.name, item.description) };
    return item;
  }

  #icon(): vscode.ThemeIcon {
    const { value, error } = this.cluster.status;
    if (error !== undefined)
      return new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('list.errorForeground'));
    switch (value?.health) {
      case 'HEALTH_OK':
        return new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('testing.iconPassed'));
      case 'HEALTH_WARN':
        return new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('list.warningForeground'));
      case 'HEALTH_ERR':
        return new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('list.errorForeground'));
      case undefined:
        return new vscode.ThemeIcon('server-environment');
    }
  }

  #description(): string {
    const { value, error } = this.cluster.status;
    if (error !== undefined) return messageOf(error);
    if (!value) return t('Ceph cluster');
    return [healthWord(value.health), t('{0} free', formatBytes(value.availableBytes))].join(' · ');
  }

  override children(): readonly ExplorerNode[] {
    return this.sections;
  }

  /** The row to draw again after a change. */
  rowToRedraw(change: ClusterChange): ExplorerNode {
    if (change === 'routes' || change === 'status') return this;
    return this.sections.find(({ parts }) => parts.includes(change)) ?? this;
  }

  /** The rows to draw again after images of a pool have changed; none when they are not shown. */
  rowsOfImages({ pool, namespace, images }: ImagesChange): readonly ExplorerNode[] {
    const row = this.#pools.poolRow(pool);
    const place = namespace === undefined ? row : row?.namespaceRow(namespace);
    if (!place) return [];
    return images ? images.flatMap((image) => place.imageRow(image) ?? []) : [place];
  }

  override tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { cluster } = this;
    const { value } = cluster.status;
    return Promise.resolve(
      tooltip(
        heading(t('Ceph cluster {0}', this.name)),
        facts([
          [t('fsid'), cluster.id],
          [t('Seen from'), cluster.hosts.map(({ name }) => name).join(', ')],
          [t('Client'), cluster.route && t('client.{0} on {1}', cluster.route.clientId, cluster.host.name)],
          [t('Capacity'), value && formatBytes(value.totalBytes)],
          [t('Used'), value && formatBytes(value.usedBytes)],
          [t('Monitors'), value && t('{0} of {1} in quorum', value.quorum.length, value.monitors)],
          [t('OSDs'), value && t('{0}: {1} up, {2} in', value.osds, value.osdsUp, value.osdsIn)],
        ]),
      ),
    );
  }
}
