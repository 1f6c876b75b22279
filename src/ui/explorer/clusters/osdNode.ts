import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { isForbidden } from '../../../ceph/cephError.ts';
import type { Osd } from '../../../ceph/osds.ts';
import type { Fill } from '../../../ceph/osdUsage.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { ExplorerNode } from '../node.ts';
import { facts, heading, tooltip } from '../tooltip.ts';
import { ClusterRow } from './clusterRow.ts';
import { fillInWords, osdStateInWords } from './osdWords.ts';

export class OsdNode extends ClusterRow {
  readonly kind = 'osd';
  readonly id: string;
  readonly osdId: number;

  constructor(parent: ExplorerNode, cluster: CephCluster, osd: number) {
    super(parent, cluster);
    this.osdId = osd;
    this.id = `${parent.id}/osd.${osd}`;
  }

  get name(): string {
    return `osd.${this.osdId}`;
  }

  get osd(): Osd | undefined {
    return this.cluster.osds.value?.osds.find(({ id }) => id === this.osdId);
  }

  /** undefined where it is not known, or this client may not ask. */
  get fill(): Fill | undefined {
    return this.cluster.osdUsage.value?.get(this.osdId);
  }

  override get traits(): readonly string[] {
    const { osd } = this;
    if (!osd) return [];
    return this.connectedTraits(osd.isUp ? 'up' : 'down', osd.isIn ? 'in' : 'out');
  }

  item(): vscode.TreeItem {
    const { osd, fill } = this;
    const item = new vscode.TreeItem(this.name);
    item.iconPath = iconOf(osd);
    item.description = [
      osd && osdStateInWords(osd),
      fill && fillInWords(fill),
      osd?.deviceClass,
      this.#isStray() ? t('nowhere in CRUSH') : undefined,
    ]
      .filter((text) => text !== undefined)
      .join(' · ');
    item.accessibilityInformation = { label: `${this.name}, ${item.description}` };
    return item;
  }

  #isStray(): boolean {
    return this.cluster.osds.value?.stray.includes(this.osdId) === true;
  }

  override tooltip(): Promise<vscode.MarkdownString | undefined> {
    const { osd, fill, cluster } = this;
    if (!osd) return Promise.resolve(undefined);
    const mayNotAsk = isForbidden(cluster.osdUsage.error)
      ? t('client.{0} may not see this.', cluster.route?.clientId ?? '')
      : undefined;
    return Promise.resolve(
      tooltip(
        heading(this.name),
        facts([
          [t('State'), osdStateInWords(osd)],
          [t('Used'), fill ? `${formatBytes(fill.used)} / ${formatBytes(fill.total)}` : mayNotAsk],
          [t('Placement groups'), fill && String(fill.placementGroups)],
          [t('Device class'), osd.deviceClass],
          [t('CRUSH weight'), String(Math.round(osd.crushWeight * 10_000) / 10_000)],
          [t('Reweight'), String(Math.round(osd.reweight * 100) / 100)],
        ]),
      ),
    );
  }
}

function iconOf(osd: Osd | undefined): vscode.ThemeIcon {
  if (osd?.isUp === false) {
    const color = osd.isIn ? 'list.errorForeground' : 'list.warningForeground';
    return new vscode.ThemeIcon('error', new vscode.ThemeColor(color));
  }
  if (osd?.isIn === false)
    return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('list.warningForeground'));
  return new vscode.ThemeIcon('server', new vscode.ThemeColor('testing.iconPassed'));
}
