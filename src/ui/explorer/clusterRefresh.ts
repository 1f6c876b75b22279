import * as vscode from 'vscode';
import type { CephCluster } from '../../hosts/clusters/cephCluster.ts';
import type { ClustersOfHosts } from '../clustersOfHosts.ts';
import type { Explorer } from './explorer.ts';

/** Ceph tells its clients nothing by itself that ends: its health is asked for, as often as its dashboard does. */
const everyMs = 15_000;

/** Reads again, while the tree is in sight, what changes in a cluster by itself. */
export function refreshWhileShown(clusters: ClustersOfHosts, { view }: Explorer): vscode.Disposable {
  const timer = setInterval(() => {
    if (!view.visible || !vscode.window.state.focused) return;
    for (const cluster of clusters.known) if (cluster.route) void refreshIfChanged(cluster);
  }, everyMs);
  return new vscode.Disposable(() => {
    clearInterval(timer);
  });
}

/** Its status tells whether the rest is worth asking for. */
async function refreshIfChanged(cluster: CephCluster): Promise<void> {
  const { status } = cluster;
  const before = status.value;
  const now = await status.read().catch(() => undefined);
  if (now !== undefined && now !== before)
    cluster.refresh('health', 'osds', 'osdMap', 'osdUsage', 'usage', 'quorum');
}
