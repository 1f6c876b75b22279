import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { documentUri, type DocumentFolder } from '../../documents/documentUri.ts';
import { openDocumentCommand } from '../../documents/openCommand.ts';
import type { Favourite } from '../favourites.ts';
import { DocumentNode, type ExplorerNode } from '../node.ts';

const icons: Readonly<Record<DocumentFolder, string>> = {
  domains: 'vm-outline',
  pools: 'database',
  volumes: 'file-binary',
  networks: 'type-hierarchy',
  secrets: 'key',
};

/** A favourite of which nothing is known but what was kept: its host is not connected, or no longer has it. */
export class FavouriteNode extends DocumentNode {
  readonly kind = 'favourite';
  readonly id: string;
  readonly host: HostSession;
  readonly name: string;
  readonly uuid: string | undefined;
  readonly document: vscode.Uri;
  readonly #folder: DocumentFolder;

  constructor(parent: ExplorerNode, { folder, name, uuid, pool }: Favourite) {
    super(parent);
    this.host = parent.host;
    this.name = name;
    this.uuid = uuid;
    this.id = `${parent.id}/${uuid ?? name}`;
    this.#folder = folder;
    const fileName = folder === 'secrets' ? (uuid ?? name) : name;
    this.document = documentUri({ host: this.host.name, folder, pool, name: fileName });
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.name);
    const gone = this.#isGone();
    item.iconPath = new vscode.ThemeIcon(gone ? 'circle-slash' : icons[this.#folder]);
    item.description = gone ? t('no longer there') : this.#whyUnknown();
    item.accessibilityInformation = {
      label: t('{0} {1}, {2}', this.#kindWord(), this.name, item.description),
    };
    if (!gone) item.command = openDocumentCommand(this.document);
    return item;
  }

  /** An object that its host no longer lists. Volumes are not listed: their pool is perhaps only stopped. */
  #isGone(): boolean {
    return this.#folder !== 'volumes' && this.host.inventory?.[this.#folder].status.kind === 'loaded';
  }

  #whyUnknown(): string {
    switch (this.host.state.kind) {
      case 'connected':
        return this.#folder === 'volumes' ? t('its pool is not active') : t('loading…');
      case 'connecting':
        return t('connecting…');
      default:
        return t('not connected');
    }
  }

  #kindWord(): string {
    switch (this.#folder) {
      case 'domains':
        return t('Domain');
      case 'pools':
        return t('Storage pool');
      case 'volumes':
        return t('Volume');
      case 'networks':
        return t('Network');
      case 'secrets':
        return t('Secret');
    }
  }
}
