import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import type { ExplorerRow } from './explorer.ts';

/** What of a row a person sees, and what its menus ask for. */
type Look = Readonly<
  Record<
    'label' | 'description' | 'iconPath' | 'contextValue' | 'collapsibleState' | 'accessibilityInformation',
    unknown
  >
>;

/**
 * What VS Code has been given to show. While a row is drawn again, VS Code does not know the rows below it: a menu that
 * is open on one of them loses it. So only what looks different now is drawn again.
 */
export class ShownRows {
  readonly #itemOf: (row: ExplorerRow) => vscode.TreeItem;
  readonly #redraw: (row: ExplorerRow) => void;
  readonly #looks = new WeakMap<ExplorerRow, Look>();
  readonly #children = new WeakMap<ExplorerRow, readonly ExplorerRow[]>();

  constructor(itemOf: (row: ExplorerRow) => vscode.TreeItem, redraw: (row: ExplorerRow) => void) {
    this.#itemOf = itemOf;
    this.#redraw = redraw;
  }

  showed(row: ExplorerRow, item: vscode.TreeItem): void {
    this.#looks.set(row, lookOf(item));
  }

  opened(row: ExplorerRow, children: readonly ExplorerRow[]): void {
    this.#children.set(row, children);
  }

  /**
   * Draws again the highest rows, at or below this one, that look different now or have other rows below them. Which
   * those are is read first, so that it is there when VS Code asks for it.
   */
  async update(row: ExplorerRow): Promise<void> {
    if (!this.#looks.has(row)) return;
    if (!this.#looksSame(row, row)) {
      this.#redraw(row);
      return;
    }
    const children = this.#children.get(row);
    if (!children) return;
    const childrenNow = await row.children();
    // It was drawn while that was read.
    if (this.#children.get(row) !== children) return;
    const isSame =
      children.length === childrenNow.length &&
      children.every((child, at) => {
        const now = childrenNow[at];
        return now === child || (now?.id === child.id && this.#looksSame(child, now));
      });
    if (!isSame) this.#redraw(row);
    else await Promise.all(children.map((child) => this.update(child)));
  }

  /** @param now the row itself, or the one that has taken its place */
  #looksSame(row: ExplorerRow, now: ExplorerRow): boolean {
    if (now !== row && this.#children.has(row)) return false;
    return isDeepStrictEqual(this.#looks.get(row), lookOf(this.#itemOf(now)));
  }
}

function lookOf({
  label,
  description,
  iconPath,
  contextValue,
  collapsibleState,
  accessibilityInformation,
}: vscode.TreeItem): Look {
  return { label, description, iconPath, contextValue, collapsibleState, accessibilityInformation };
}
