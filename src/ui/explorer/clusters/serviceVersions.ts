import * as vscode from 'vscode';
import type { DaemonVersion } from '../../../ceph/versions.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';

/** Which versions the daemons of a kind run, as last read. */
export function versionsOf(cluster: CephCluster, kind: string): readonly DaemonVersion[] {
  return (cluster.versions.value ?? []).filter(({ daemon }) => daemon === kind);
}

/** A warning where the versions differ, or something else is wrong. */
export function skewIcon(versions: readonly DaemonVersion[], isWrong = false): vscode.ThemeIcon {
  return versions.length > 1 || isWrong
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon('server-process');
}
