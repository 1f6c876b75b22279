import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { isActive, type DomainEntry } from '../../../hosts/inventory/domains.ts';
import { DomainState } from '../../../libvirt/protocol/domainStates.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { deviceRows } from './devices/deviceRows.ts';
import { domainStateIcon, domainStateText } from './domainState.ts';
import { RbdSnapshotsNode } from './rbdSnapshotsNode.ts';
import { snapshotRows } from './snapshotRows.ts';
import { SnapshotsNode } from './snapshotsNode.ts';
import { MessageNode } from '../messageNode.ts';
import { connectedTraits, InventoryNode, type ExplorerNode } from '../node.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';

export class DomainNode extends InventoryNode {
  readonly kind = 'domain';
  readonly snapshots = new SnapshotsNode(this);
  readonly rbdSnapshots = new RbdSnapshotsNode(this);

  get entry(): DomainEntry | undefined {
    return this.host.inventory?.domains.entries.get(this.uuid);
  }

  get name(): string {
    return this.entry?.ref.name ?? this.uuid;
  }

  get document(): vscode.Uri {
    return documentUri({ host: this.host.name, folder: 'domains', name: this.name });
  }

  override get traits(): readonly string[] {
    const { entry } = this;
    if (!entry) return [];
    const traits = [
      isActive(entry) ? 'active' : 'inactive',
      entry.persistent ? 'persistent' : 'transient',
      entry.autostart ? 'autostart' : 'manual',
    ];
    if (entry.state === DomainState.running || entry.state === DomainState.blocked) traits.push('running');
    if (entry.state === DomainState.paused) traits.push('paused');
    if (entry.state === DomainState.pmSuspended) traits.push('asleep');
    if (entry.managedSave) traits.push('saved');
    return connectedTraits(this.host, traits);
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = domainStateIcon(this.entry?.state ?? DomainState.noState);
    item.description = this.#description();
    item.accessibilityInformation = { label: t('Domain {0}, {1}', this.name, item.description) };
    item.resourceUri = this.document;
    item.command = openDocumentCommand(this.document);
    return item;
  }

  #description(): string {
    const { entry } = this;
    if (!entry) return '';
    const words = [domainStateText(entry.state, entry.reason)];
    if (entry.managedSave) words.push(t('has a saved state'));
    if (entry.autostart) words.push(t('autostart'));
    if (!entry.persistent) words.push(t('transient'));
    return words.join(' · ');
  }

  override async children(): Promise<readonly ExplorerNode[]> {
    try {
      const [devices, snapshots] = await Promise.all([deviceRows(this), snapshotRows(this)]);
      return [...devices, ...snapshots];
    } catch (error) {
      return [
        new MessageNode(this, 'failed', {
          icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
          text: messageOf(error),
        }),
      ];
    }
  }

  override async tooltip(): Promise<vscode.MarkdownString> {
    const details = await this.host.inventory?.domains.details(this.uuid);
    return tooltip(
      heading(t('Domain {0}', this.name)),
      plain(this.#description()),
      details?.title === undefined ? undefined : plain(details.title),
      facts([
        [t('Memory'), details && formatBytes(details.memoryKiB * 1024)],
        [t('CPUs'), details && String(details.vcpus)],
        [t('UUID'), this.uuid],
      ]),
    );
  }
}
