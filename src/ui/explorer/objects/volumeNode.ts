import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { VolumeRef } from '../../../libvirt/protocol/refs.ts';
import { getVolumeInfo } from '../../../libvirt/volumes.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import { formatBytes } from '../../../base/sizes.ts';
import { connectedTraits, DocumentNode, type ExplorerNode } from '../node.ts';
import { facts, heading, tooltip } from '../tooltip.ts';

export class VolumeNode extends DocumentNode {
  readonly kind = 'volume';
  readonly id: string;
  readonly host: HostSession;
  readonly uuid = undefined;
  readonly ref: VolumeRef;

  constructor(parent: ExplorerNode, ref: VolumeRef) {
    super(parent);
    this.host = parent.host;
    this.ref = ref;
    this.id = `${parent.id}/${ref.name}`;
  }

  get name(): string {
    return this.ref.name;
  }

  get document(): vscode.Uri {
    return documentUri({ host: this.host.name, folder: 'volumes', pool: this.ref.pool, name: this.name });
  }

  override get traits(): readonly string[] {
    return connectedTraits(this.host, []);
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    item.iconPath = new vscode.ThemeIcon('file-binary');
    item.accessibilityInformation = { label: t('Volume {0} of pool {1}', this.name, this.ref.pool) };
    item.command = openDocumentCommand(this.document);
    return item;
  }

  override async tooltip(): Promise<vscode.MarkdownString> {
    const connection = this.host.connected?.connection;
    const info = connection && (await getVolumeInfo(connection, this.ref));
    return tooltip(
      heading(t('Volume {0}', this.name)),
      facts([
        [t('Pool'), this.ref.pool],
        [t('Key'), this.ref.key],
        [t('Capacity'), info && formatBytes(info.capacity)],
        [t('Allocated'), info && formatBytes(info.allocation)],
      ]),
    );
  }
}
