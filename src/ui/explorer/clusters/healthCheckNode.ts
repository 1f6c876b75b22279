import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HealthCheck } from '../../../ceph/clusterStatus.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { MessageNode } from '../messageNode.ts';
import type { ExplorerNode } from '../node.ts';
import { heading, plain, tooltip } from '../tooltip.ts';
import { ClusterRow } from './clusterRow.ts';
import { checkDocumentation, muteWords } from './healthWords.ts';

/** So many details are rows; more of them only the document of the health shows. */
const shownDetails = 50;
/** In a tooltip. */
const hoveredDetails = 12;

/** A check that complains, with what exactly it complains of below. */
export class HealthCheckNode extends ClusterRow {
  readonly kind = 'healthCheck';
  readonly id: string;
  /** Ceph's name of the check: `OSD_DOWN`. */
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
    const { check } = this;
    const hasDetails = (check?.details.length ?? 0) > 0;
    const item = new vscode.TreeItem(
      check?.summary ?? this.name,
      hasDetails ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    item.iconPath = iconOf(check);
    item.description = [this.name, ...(check?.mute ? [muteWords(check.mute)] : [])].join(' · ');
    const severity = check?.severity === 'HEALTH_ERR' ? t('error') : t('warning');
    item.accessibilityInformation = {
      label: t('Health check {0}, {1}: {2}', item.description, severity, check?.summary ?? ''),
    };
    return item;
  }

  override children(): readonly ExplorerNode[] {
    const details = this.check?.details ?? [];
    const rows = details
      .slice(0, shownDetails)
      .map(
        (text, index) =>
          new MessageNode(this, String(index), { icon: new vscode.ThemeIcon('dash'), text: text.trim() }),
      );
    if (details.length <= shownDetails) return rows;
    const more = new MessageNode(this, 'more', {
      icon: new vscode.ThemeIcon('ellipsis'),
      text: t('and {0} more', details.length - shownDetails),
      command: {
        command: 'libvirt.cluster.showHealth',
        title: t('Show Health Details'),
        arguments: [this.parent],
      },
    });
    return [...rows, more];
  }

  override tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { check } = this;
    if (!check) return Promise.resolve(undefined);
    const details = check.details.slice(0, hoveredDetails).map((text) => text.trim());
    const more = check.details.length - details.length;
    return Promise.resolve(
      tooltip(
        heading(this.name),
        plain(check.summary),
        check.mute &&
          plain(t('It is {0}: it does not count for the health of the cluster.', muteWords(check.mute))),
        plain([...details, ...(more > 0 ? [t('and {0} more', more)] : [])].join('\n')),
        `[${t('What Ceph’s documentation says of it')}](${checkDocumentation(this.name)})`,
      ),
    );
  }
}

function iconOf(check: HealthCheck | undefined): vscode.ThemeIcon {
  if (check?.isMuted === true) return new vscode.ThemeIcon('bell-slash');
  return check?.severity === 'HEALTH_ERR'
    ? new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'))
    : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
}
