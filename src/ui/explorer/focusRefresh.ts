import * as vscode from 'vscode';
import type { ClustersOfHosts } from '../clustersOfHosts.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';

/** Not more often than this. */
const pauseMs = 10_000;

/**
 * Reads again what libvirt has no event for (autostart, volumes made by others) when a person comes back to the window,
 * who may have used virsh meanwhile.
 */
export function refreshOnFocus(registry: HostRegistry, clusters: ClustersOfHosts): vscode.Disposable {
  let last = Date.now();
  return vscode.window.onDidChangeWindowState(({ focused }) => {
    if (!focused || Date.now() - last < pauseMs) return;
    last = Date.now();
    for (const { connected } of registry.sessions) void connected?.inventory.load();
    for (const cluster of clusters.known) cluster.refresh();
  });
}
