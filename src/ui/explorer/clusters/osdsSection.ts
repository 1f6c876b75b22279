import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { OsdTree } from '../../../ceph/osds.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { NodeCache, type ExplorerNode } from '../node.ts';
import { BucketNode } from './bucketNode.ts';
import { staleRow } from './clusterRow.ts';
import { ClusterSection } from './clusterSection.ts';
import { OsdNode } from './osdNode.ts';

/** The OSDs, where CRUSH has them. */
export class OsdsSection extends ClusterSection {
  protected readonly label = t('OSDs');
  protected readonly icon = new vscode.ThemeIcon('server');
  readonly #buckets = new NodeCache<number, BucketNode>();
  readonly #osds = new NodeCache<number, OsdNode>();

  constructor(parent: ExplorerNode, cluster: CephCluster) {
    super(parent, cluster, 'osds', ['osds', 'osdMap', 'osdUsage']);
  }

  protected describe(): string {
    const { status, osdMap } = this.cluster;
    osdMap.want();
    const flags = osdMap.value?.flags ?? [];
    return [
      status.value && t('{0}: {1} up, {2} in', status.value.osds, status.value.osdsUp, status.value.osdsIn),
      flags.length === 0 ? undefined : t('{0} set', flags.join(', ')),
    ]
      .filter((text) => text !== undefined)
      .join(' · ');
  }

  protected override states(): readonly string[] {
    return flagTraits(this.cluster);
  }

  protected async rows(): Promise<readonly ExplorerNode[]> {
    const { cluster } = this;
    cluster.osdUsage.want();
    const tree = await cluster.osds.latest();
    const buckets = this.#buckets.sync(rootsOf(tree), (bucket) => new BucketNode(this, cluster, bucket));
    const strays = this.#osds.sync(straysOf(tree), (osd) => new OsdNode(this, cluster, osd));
    const stale = cluster.osds.error === undefined ? [] : [staleRow(this, cluster.osds.error)];
    return [...stale, ...buckets, ...strays];
  }
}

/** For menus: whether the flag of maintenance is set; neither while that is not known. */
export function flagTraits({ osdMap: { value } }: CephCluster): readonly string[] {
  if (!value) return [];
  return [value.flags.includes('noout') ? 'noout-set' : 'noout-unset'];
}

function rootsOf({ buckets }: OsdTree): readonly number[] {
  const below = new Set(buckets.flatMap(({ children }) => children));
  return buckets.filter(({ id }) => !below.has(id)).map(({ id }) => id);
}

/** Those that CRUSH has nowhere: no data is placed on them. */
function straysOf({ buckets, osds }: OsdTree): readonly number[] {
  const placed = new Set(buckets.flatMap(({ children }) => children));
  return osds.filter(({ id }) => !placed.has(id)).map(({ id }) => id);
}
