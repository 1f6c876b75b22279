import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { InventoryChange } from '../../hosts/inventory/inventory.ts';
import { documentAddress, documentScheme } from './documentUri.ts';
import type { LibvirtFileSystem } from './libvirtFileSystem.ts';

/** Lets open editors follow the hosts: what was changed elsewhere is read again, unless there are unsaved changes. */
export class DocumentChanges implements Disposable {
  readonly #registry: HostRegistry;
  readonly #files: LibvirtFileSystem;
  readonly #listener: Disposable;
  #watched: Disposable[] = [];

  constructor(registry: HostRegistry, files: LibvirtFileSystem) {
    this.#registry = registry;
    this.#files = files;
    this.#listener = registry.onDidChange(() => {
      this.#watch();
    });
    this.#watch();
  }

  #watch(): void {
    for (const disposable of this.#watched) disposable.dispose();
    this.#watched = this.#registry.sessions.flatMap((session) => [
      session.onDidChangeInventory((change) => {
        this.#inventoryChanged(session, change);
      }),
      session.onDidChangeState(({ kind }) => {
        if (kind === 'connected') this.#note(openDocuments(session));
      }),
    ]);
  }

  #inventoryChanged(session: HostSession, { group, change }: InventoryChange): void {
    const entries = session.inventory?.[group].entries;
    if (!entries) return;
    const open = openDocuments(session).filter(
      (uri) => documentAddress(uri)?.folder === group && this.#files.drafts.get(uri) === undefined,
    );
    const isOf = (uri: vscode.Uri, key: string): boolean => {
      const ref = entries.get(key)?.ref;
      return ref !== undefined && documentAddress(uri)?.name === ('name' in ref ? ref.name : ref.uuid);
    };
    if (change.kind === 'entry') {
      this.#note(open.filter((uri) => isOf(uri, change.key)));
      return;
    }
    const gone = open.filter((uri) => ![...entries.keys()].some((key) => isOf(uri, key)));
    if (gone.length > 0) this.#files.noteChanges(gone, vscode.FileChangeType.Deleted);
    this.#note(open.filter((uri) => !gone.includes(uri)));
  }

  #note(uris: readonly vscode.Uri[]): void {
    if (uris.length > 0) this.#files.noteChanges(uris, vscode.FileChangeType.Changed);
  }

  dispose(): void {
    for (const disposable of [...this.#watched, this.#listener]) disposable.dispose();
  }
}

function openDocuments(session: HostSession): readonly vscode.Uri[] {
  return vscode.workspace.textDocuments
    .map(({ uri }) => uri)
    .filter((uri) => uri.scheme === documentScheme && documentAddress(uri)?.host === session.name);
}
