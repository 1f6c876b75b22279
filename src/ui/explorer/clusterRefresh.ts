import * as vscode from 'vscode';
import type { ClustersOfHosts } from '../clustersOfHosts.ts';
import type { Explorer } from './explorer.ts';

/** Ceph tells its clients nothing by itself that ends: its health is asked for, as often as its dashboard does. */
const everyMs = 15_000;

/** Reads again, while the tree is in sight, what changes in a cluster by itself. */
export function refreshWhileShown(clusters: ClustersOfHosts, { view }: Explorer): vscode.Disposable {
  const timer = setInterval(() => {
    if (!view.visible || !vscode.window.state.focused) return;
    for (const cluster of clusters.known) {
      if (!cluster.route) continue;
      // While it does not answer, one question is enough to notice that it is back.
      if (cluster.status.error !== undefined) cluster.refresh('status');
      else cluster.refresh('status', 'health', 'osds', 'osdMap', 'osdUsage', 'usage', 'quorum');
    }
  }, everyMs);
  return new vscode.Disposable(() => {
    clearInterval(timer);
  });
}
