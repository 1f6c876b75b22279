import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { Favourites } from './favourites.ts';
import type { ObjectNode } from './node.ts';
import type { FavouriteRows } from './objects/favouriteRows.ts';

/** The row above the hosts: what a person wants at hand, of all hosts. Showing it connects to none. */
export class FavouritesNode {
  readonly kind = 'favourites';
  readonly id = 'favourites';
  readonly host = undefined;
  readonly parent = undefined;
  readonly #favourites: Favourites;
  readonly #registry: HostRegistry;
  #rows: FavouriteRows | undefined;

  constructor(favourites: Favourites, registry: HostRegistry) {
    this.#favourites = favourites;
    this.#registry = registry;
  }

  /** Whether there is anything to show. */
  get isEmpty(): boolean {
    return !this.#favourites.list.some(({ host }) => this.#registry.get(host));
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(t('Favourites'), vscode.TreeItemCollapsibleState.Expanded);
    item.iconPath = new vscode.ThemeIcon('star-full');
    item.contextValue = this.kind;
    item.accessibilityInformation = { label: t('Favourites') };
    return item;
  }

  async children(): Promise<readonly ObjectNode[]> {
    const { FavouriteRows } = await import('./objects/favouriteRows.ts');
    this.#rows ??= new FavouriteRows(this.#favourites);
    return this.#rows.read(this.#favourites.list, this.#registry.sessions);
  }

  /** The row here of an object; undefined when it is no favourite, or not shown yet. */
  rowOf(host: HostSession, uuid: string): ObjectNode | undefined {
    return this.#rows?.rowOf(host, uuid);
  }

  /** Whether this row is one of those here. */
  holds(node: ObjectNode): boolean {
    return this.#rows?.holds(node) === true;
  }
}
