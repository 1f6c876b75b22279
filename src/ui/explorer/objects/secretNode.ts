import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { SecretEntry } from '../../../hosts/inventory/secrets.ts';
import { usageTypeName } from '../../../libvirt/secrets.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import { connectedTraits, InventoryNode } from '../node.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';

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
    const words = this.#words();
    const isEmpty = this.entry?.hasValue === false;
    item.iconPath = new vscode.ThemeIcon(
      'key',
      isEmpty ? new vscode.ThemeColor('list.warningForeground') : undefined,
    );
    item.description = [...words, ...(this.name === this.uuid ? [] : [this.uuid])].join(' · ');
    item.accessibilityInformation = { label: t('Secret {0}, for {1}', this.name, words.join(', ')) };
    item.command = openDocumentCommand(this.document);
    return item;
  }

  /** What it is for, then what is unusual. */
  #words(): readonly string[] {
    const { entry } = this;
    if (!entry) return [];
    return [
      usageTypeName(entry.ref.usageType),
      ...(entry.hasValue === false ? [t('no value')] : []),
      ...(entry.private ? [t('private')] : []),
      ...(entry.ephemeral ? [t('ephemeral')] : []),
    ];
  }

  override tooltip(): Promise<vscode.MarkdownString> {
    const { entry, host } = this;
    // What is found out comes with the next drawing of the row.
    host.connected?.knowledge.wantSecretValues();
    const value =
      entry?.hasValue === undefined
        ? undefined
        : entry.hasValue
          ? t('set')
          : t('not set: what uses it does not start');
    return Promise.resolve(
      tooltip(
        heading(t('Secret {0}', this.name)),
        facts([
          [t('Used for'), entry && usageTypeName(entry.ref.usageType)],
          [t('Value'), value],
          [t('UUID'), this.uuid],
        ]),
        entry?.private === true ? plain(t('It is private: libvirt tells its value to nobody.')) : undefined,
        entry?.ephemeral === true
          ? plain(t('It is ephemeral: it is gone when libvirt restarts.'))
          : undefined,
      ),
    );
  }
}
