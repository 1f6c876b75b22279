import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { NetworkEntry } from '../../../hosts/inventory/networks.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import { connectedTraits, InventoryNode } from '../node.ts';

export class NetworkNode extends InventoryNode {
  readonly kind = 'network';

  get entry(): NetworkEntry | undefined {
    return this.host.inventory?.networks.entries.get(this.uuid);
  }

  get name(): string {
    return this.entry?.ref.name ?? this.uuid;
  }

  get document(): vscode.Uri {
    return documentUri({ host: this.host.name, folder: 'networks', name: this.name });
  }

  override get traits(): readonly string[] {
    return connectedTraits(this.host, [this.entry?.active === true ? 'active' : 'inactive']);
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    const active = this.entry?.active === true;
    const state = active ? t('active') : t('inactive');
    item.iconPath = new vscode.ThemeIcon(
      'type-hierarchy',
      active ? new vscode.ThemeColor('testing.iconPassed') : undefined,
    );
    item.description = state;
    item.accessibilityInformation = { label: t('Network {0}, {1}', this.name, state) };
    item.command = openDocumentCommand(this.document);
    return item;
  }
}
