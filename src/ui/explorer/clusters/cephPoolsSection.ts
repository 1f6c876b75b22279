import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { CephPoolNode } from './cephPoolNode.ts';
import { ClusterSection } from './clusterSection.ts';

/** The pools of Ceph, which libvirt's storage pools may lie over. */
export class CephPoolsSection extends ClusterSection {
  protected readonly label = t('Ceph Pools');
  protected readonly icon = new vscode.ThemeIcon('database');
  readonly #pools = new NodeCache<string, CephPoolNode>();

  constructor(parent: ExplorerNode, cluster: CephCluster) {
    super(parent, cluster, 'cephPools', ['pools', 'usage']);
  }

  protected describe(): string {
    const count = this.cluster.pools.value?.length ?? this.cluster.status.value?.pools;
    return count === undefined ? '' : String(count);
  }

  protected async rows(): Promise<readonly ExplorerNode[]> {
    const pools = await this.cluster.pools.get();
    return this.#pools.sync(
      pools.map(({ name }) => name),
      (pool) => new CephPoolNode(this, this.cluster, pool),
    );
  }

  /** The row of a pool; undefined until it has been shown. */
  poolRow(pool: string): CephPoolNode | undefined {
    return this.#pools.get(pool);
  }
}
