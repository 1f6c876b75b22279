import { setTimeout as sleep } from 'node:timers/promises';
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

type Rows = readonly ExplorerRow[];

/** Rows that are read again may take so long before the last ones are shown instead. */
const patienceMs = 50;
/** What was read before a row is drawn again is not read once more within this time. */
const freshMs = 2000;

/**
 * What VS Code has been given to show. While a row is drawn again, VS Code does not know the rows below it until they
 * are told: a menu that is open on one of them loses it. So only what looks different is drawn again, and rows that take
 * long to be read are the last ones until they are there.
 */
export class ShownRows {
  readonly #itemOf: (row: ExplorerRow) => vscode.TreeItem;
  readonly #redraw: (row: ExplorerRow) => void;
  readonly #looks = new WeakMap<ExplorerRow, Look>();
  readonly #children = new WeakMap<ExplorerRow, Rows>();
  /** Read to find out whether the row is to be drawn again. */
  readonly #read = new WeakMap<ExplorerRow, { readonly rows: Rows; readonly at: number }>();

  constructor(itemOf: (row: ExplorerRow) => vscode.TreeItem, redraw: (row: ExplorerRow) => void) {
    this.#itemOf = itemOf;
    this.#redraw = redraw;
  }

  showed(row: ExplorerRow, item: vscode.TreeItem): void {
    this.#looks.set(row, lookOf(item));
  }

  /** What is below a row, for VS Code. */
  async children(row: ExplorerRow): Promise<Rows> {
    const read = this.#read.get(row);
    this.#read.delete(row);
    if (read && Date.now() - read.at < freshMs) return this.#opened(row, read.rows);
    const before = this.#children.get(row);
    const reading = Promise.resolve(row.children());
    if (!before || !keepsRows(row)) return this.#opened(row, await reading);
    const now = await Promise.race([reading, sleep(patienceMs)]);
    if (now) return this.#opened(row, now);
    void this.#renew(row, before, reading);
    return before;
  }

  /** Draws again the highest rows, at or below this one, that look different now or have other rows below them. */
  async update(row: ExplorerRow): Promise<void> {
    if (!this.#looks.has(row)) return;
    if (!this.#looksSame(row, row)) {
      this.#redraw(row);
      return;
    }
    const children = this.#children.get(row);
    if (!children || !(await this.#renew(row, children, row.children()))) return;
    await Promise.all(children.map((child) => this.update(child)));
  }

  #opened(row: ExplorerRow, children: Rows): Rows {
    this.#children.set(row, children);
    return children;
  }

  /** @returns whether the rows below are still those that were there before */
  async #renew(row: ExplorerRow, before: Rows, reading: Rows | Promise<Rows>): Promise<boolean> {
    let rows: Rows;
    try {
      rows = await reading;
    } catch {
      // Drawn again it says why, as VS Code asks for the rows itself.
      this.#children.delete(row);
      this.#redraw(row);
      return false;
    }
    // They were drawn while these were read.
    if (this.#children.get(row) !== before) return false;
    if (this.#areSame(before, rows)) return true;
    this.#read.set(row, { rows, at: Date.now() });
    this.#redraw(row);
    return false;
  }

  #areSame(before: Rows, now: Rows): boolean {
    return (
      before.length === now.length &&
      before.every((row, at) => {
        const other = now[at];
        return row === other || (other?.id === row.id && this.#looksSame(row, other));
      })
    );
  }

  /** @param now the row itself, or the one that has taken its place */
  #looksSame(row: ExplorerRow, now: ExplorerRow): boolean {
    if (now !== row && this.#children.has(row)) return false;
    return isDeepStrictEqual(this.#looks.get(row), lookOf(this.#itemOf(now)));
  }
}

/** What is below a row of Ceph is asked for by programs; what is below others is known. */
function keepsRows(row: ExplorerRow): boolean {
  return 'cluster' in row;
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
