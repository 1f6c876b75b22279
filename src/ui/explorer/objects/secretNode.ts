import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { SecretEntry } from '../../../hosts/inventory/secrets.ts';
import { usageTypeName } from '../../../libvirt/secrets.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import { connectedTraits, InventoryNode } from '../node.ts';

export class SecretNode extends InventoryNode {
  readonly kind = 'secret';

  get entry(): SecretEntry | undefined {
    return this.host.inventory?.secrets.entries.get(this.uuid);
  }

  /** What it is for; a secret has no name of its own. */
  get name(): string {
    const usage = this.entry?.ref.usageId ?? '';
    return usage === '' ? this.uuid : usage;
  }

  get document(): vscode.Uri {
    return documentUri({ host: this.host.name, folder: 'secrets', name: this.uuid });
  }

  override get traits(): readonly string[] {
    return connectedTraits(this.host, []);
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    const usage = usageTypeName(this.entry?.ref.usageType ?? 0);
    item.iconPath = new vscode.ThemeIcon('key');
    item.description = this.name === this.uuid ? usage : `${usage} · ${this.uuid}`;
    item.accessibilityInformation = { label: t('Secret {0}, for {1}', this.name, usage) };
    item.command = openDocumentCommand(this.document);
    return item;
  }
}
