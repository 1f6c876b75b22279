import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { ClusterRow } from './clusterRow.ts';
import { ClusterSection } from './clusterSection.ts';

/** The cluster's daemons by kind and version. */
export class ServicesSection extends ClusterSection {
  protected readonly label = t('Services');
  protected readonly icon = new vscode.ThemeIcon('server-process');
  readonly #daemons = new NodeCache<string, DaemonNode>();

  constructor(parent: ExplorerNode, cluster: CephCluster) {
    super(parent, cluster, 'services', ['versions', 'monitors']);
  }

  protected describe(): string {
    return [...new Set((this.cluster.versions.value ?? []).map(({ version }) => version))].join(', ');
  }

  protected async rows(): Promise<readonly ExplorerNode[]> {
    const versions = await this.cluster.versions.get();
    return this.#daemons.sync(
      versions.map(({ daemon, version }) => `${daemon} ${version}`),
      (key) => new DaemonNode(this, this.cluster, key),
    );
  }
}

/** The daemons of one kind that run one version. */
export class DaemonNode extends ClusterRow {
  readonly kind = 'daemon';
  readonly id: string;
  readonly name: string;

  constructor(parent: ExplorerNode, cluster: CephCluster, key: string) {
    super(parent, cluster);
    this.name = key;
    this.id = `${parent.id}/${key}`;
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('server-process');
    return item;
  }
}
