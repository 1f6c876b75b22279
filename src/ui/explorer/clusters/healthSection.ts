import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HealthCheck } from '../../../ceph/clusterStatus.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { MessageNode } from '../messageNode.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { ClusterRow } from './clusterRow.ts';
import { ClusterSection } from './clusterSection.ts';
import { healthWord } from './healthWords.ts';

/** What is wrong with the cluster, in Ceph's words. */
export class HealthSection extends ClusterSection {
  protected readonly label = t('Health');
  protected readonly icon = new vscode.ThemeIcon('pulse');
  readonly #checks = new NodeCache<string, HealthCheckNode>();

  constructor(parent: ExplorerNode, cluster: CephCluster) {
    super(parent, cluster, 'health', ['health']);
  }

  protected describe(): string {
    const status = this.cluster.health.value?.status ?? this.cluster.status.value?.health;
    return status === undefined ? '' : `${healthWord(status)} (${status})`;
  }

  protected async rows(): Promise<readonly ExplorerNode[]> {
    const { checks } = await this.cluster.health.get();
    if (checks.length === 0) {
      return [
        new MessageNode(this, 'none', { icon: new vscode.ThemeIcon('check'), text: t('Nothing is wrong.') }),
      ];
    }
    return this.#checks.sync(
      checks.map(({ code }) => code),
      (code) => new HealthCheckNode(this, this.cluster, code),
    );
  }
}

export class HealthCheckNode extends ClusterRow {
  readonly kind = 'healthCheck';
  readonly id: string;
  readonly name: string;

  constructor(parent: ExplorerNode, cluster: CephCluster, code: string) {
    super(parent, cluster);
    this.name = code;
    this.id = `${parent.id}/${code}`;
  }

  get check(): HealthCheck | undefined {
    return this.cluster.health.value?.checks.find(({ code }) => code === this.name);
  }

  override get traits(): readonly string[] {
    return this.connectedTraits(this.check?.isMuted === true ? 'muted' : 'loud');
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.check?.summary ?? this.name);
    const isError = this.check?.severity === 'HEALTH_ERR';
    item.iconPath = new vscode.ThemeIcon(
      isError ? 'error' : 'warning',
      new vscode.ThemeColor(isError ? 'list.errorForeground' : 'list.warningForeground'),
    );
    item.description = this.name;
    return item;
  }
}
