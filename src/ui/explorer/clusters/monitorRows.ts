import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { versionsInWords } from '../../../hosts/clusters/versionSkew.ts';
import type { ExplorerNode } from '../node.ts';
import { unreadableRow } from './clusterRow.ts';
import { FactRow, type Fact } from './factRow.ts';
import { skewIcon, versionsOf } from './serviceVersions.ts';

export function monitorsFact(cluster: CephCluster): Fact {
  const { value: status } = cluster.status;
  const versions = versionsOf(cluster, 'mon');
  const isShort = status !== undefined && status.quorum.length < status.monitors;
  return {
    label: t('Monitors'),
    description: [
      status && t('{0} of {1} in quorum', status.quorum.length, status.monitors),
      versionsInWords(versions),
    ]
      .filter((text) => text !== undefined && text !== '')
      .join(' · '),
    icon: skewIcon(versions, isShort),
    details: isShort
      ? [t('Without more than half of the monitors in quorum the cluster answers nobody.')]
      : [],
  };
}

export async function monitorRows(parent: FactRow, cluster: CephCluster): Promise<readonly ExplorerNode[]> {
  try {
    const [monitors, quorum] = await Promise.all([cluster.monitors.latest(), cluster.quorum.latest()]);
    return monitors.map(({ name, addresses }) => {
      const isIn = quorum.members.includes(name);
      const state = name === quorum.leader ? t('leader') : isIn ? t('in quorum') : t('not in quorum');
      return daemonRow(parent, cluster, name, {
        label: name,
        description: [state, addresses[0]].filter((text) => text !== undefined).join(' · '),
        icon: stateIcon(isIn),
        details: addresses,
      });
    });
  } catch (error) {
    return [unreadableRow(parent, error)];
  }
}

export function managersFact(cluster: CephCluster): Fact {
  const { value: status } = cluster.status;
  const versions = versionsOf(cluster, 'mgr');
  const isMissing = status?.hasManager === false;
  const active = cluster.managers.value?.active;
  const serving = active === undefined ? t('one active') : t('{0} is active', active);
  return {
    label: t('Managers'),
    description: [
      status && (isMissing ? t('none is active') : serving),
      status && t('{0} standby', status.standbyManagers),
      versionsInWords(versions),
    ]
      .filter((text) => text !== undefined && text !== '')
      .join(' · '),
    icon: skewIcon(versions, isMissing),
    details: isMissing
      ? [t('Usage, placement groups and the fill of OSDs are not up to date, and pools do not scale.')]
      : [],
  };
}

export async function managerRows(parent: FactRow, cluster: CephCluster): Promise<readonly ExplorerNode[]> {
  try {
    const { active, all } = await cluster.managers.latest();
    return all.map(({ name, hostName, version }) =>
      daemonRow(parent, cluster, name, {
        label: name,
        description: [name === active ? t('active') : t('standby'), hostName, version]
          .filter((text) => text !== '')
          .join(' · '),
        icon: stateIcon(true),
      }),
    );
  } catch (error) {
    return [unreadableRow(parent, error)];
  }
}

function daemonRow(parent: FactRow, cluster: CephCluster, key: string, fact: Fact): FactRow {
  return new FactRow(parent, cluster, { kind: 'daemon', key, fact: () => fact });
}

function stateIcon(isRight: boolean): vscode.ThemeIcon {
  return isRight
    ? new vscode.ThemeIcon('server-process', new vscode.ThemeColor('testing.iconPassed'))
    : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
}
