import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { MessageNode } from '../messageNode.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { ClusterSection } from './clusterSection.ts';
import { staleRow } from './clusterRow.ts';
import { HealthCheckNode } from './healthCheckNode.ts';
import { healthWord } from './healthWords.ts';
import { placementGroupsInWords } from './placementGroups.ts';

/** What is wrong with the cluster, in Ceph's words. */
export class HealthSection extends ClusterSection {
  protected readonly label = t('Health');
  protected readonly icon = new vscode.ThemeIcon('pulse');
  readonly #checks = new NodeCache<string, HealthCheckNode>();

  constructor(parent: ExplorerNode, cluster: CephCluster) {
    super(parent, cluster, 'health', ['health']);
  }

  protected describe(): string {
    const { health, status } = this.cluster;
    const state = health.value?.status ?? status.value?.health;
    const muted = health.value?.checks.filter(({ isMuted }) => isMuted).length ?? 0;
    return [
      state && `${healthWord(state)} (${state})`,
      muted > 0 ? t('{0} muted', muted) : undefined,
      status.value && placementGroupsInWords(status.value),
    ]
      .filter((text) => text !== undefined)
      .join(' · ');
  }

  protected async rows(): Promise<readonly ExplorerNode[]> {
    const { health } = this.cluster;
    const { checks } = await health.latest();
    const stale = health.error === undefined ? [] : [staleRow(this, health.error)];
    if (checks.length === 0) {
      const icon = new vscode.ThemeIcon('check');
      return [...stale, new MessageNode(this, 'none', { icon, text: t('Nothing is wrong.') })];
    }
    const loudFirst = [...checks].sort((a, b) => Number(a.isMuted) - Number(b.isMuted));
    const rows = this.#checks.sync(
      loudFirst.map(({ code }) => code),
      (code) => new HealthCheckNode(this, this.cluster, code),
    );
    return [...stale, ...rows];
  }
}
