import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import type { ExplorerRow } from './explorer.ts';
import type { TreeOptions } from './treeOptions.ts';

/** Rows above the objects: a filter shows what is below them. */
const holders: readonly string[] = ['host', 'group', 'section'];

/**
 * A filtered tree is another tree to VS Code: everything that matches is unfolded in it. When the filter ends, the rows
 * are unfolded again that were so before.
 */
export class OpenRows implements Disposable {
  readonly #options: TreeOptions;
  readonly #open = new Set<string>();
  readonly #listener: vscode.Disposable;

  constructor(view: vscode.TreeView<ExplorerRow>, options: TreeOptions) {
    this.#options = options;
    this.#listener = view.onDidCollapseElement(({ element }) => {
      if (!options.filter) this.#open.delete(element.id);
    });
  }

  /** VS Code asks for what is below a row only when it is unfolded. */
  opened(row: ExplorerRow): void {
    if (!this.#options.filter || row.kind === 'host') this.#open.add(row.id);
  }

  /** Gives the row its identity, and says whether it is unfolded when it is new to VS Code. */
  apply(item: vscode.TreeItem, row: ExplorerRow): vscode.TreeItem {
    const filtered = this.#options.filter !== undefined && holders.includes(row.kind);
    item.id = filtered ? `${row.id}/filtered` : row.id;
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const open = filtered || this.#open.has(row.id);
    // Unfolding the row of a host that was never connected to would connect to it.
    if (item.collapsibleState === Collapsed && open && (row.kind !== 'host' || row.host.attempted))
      item.collapsibleState = Expanded;
    return item;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
