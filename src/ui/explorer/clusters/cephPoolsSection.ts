import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { isInternalPool, type CephPool } from '../../../ceph/cephPools.ts';
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
    const pools = this.cluster.pools.value;
    const count = pools?.length ?? this.cluster.status.value?.pools;
    if (count === undefined) return '';
    const full = (pools ?? []).filter(({ flags }) => flags.includes('full')).length;
    return full === 0 ? String(count) : t('{0}, {1} full', count, full);
  }

  protected async rows(): Promise<readonly ExplorerNode[]> {
    const pools = await this.cluster.pools.latest();
    return this.#pools.sync(
      [...pools].sort(comparePools).map(({ name }) => name),
      (pool) => new CephPoolNode(this, this.cluster, pool),
    );
  }

  /** The row of a pool; undefined until it has been shown. */
  poolRow(pool: string): CephPoolNode | undefined {
    return this.#pools.get(pool);
  }
}

/** By name; what Ceph made for itself comes last. */
function comparePools(a: CephPool, b: CephPool): number {
  return Number(isInternalPool(a)) - Number(isInternalPool(b)) || a.name.localeCompare(b.name);
}
