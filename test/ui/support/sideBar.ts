import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './waiting.ts';

/** The accessible name of a row, or what stands in it before the first comma. */
export type RowName = string | RegExp;

interface RowOnPage {
  readonly id: string;
  readonly name: string;
  readonly index: number;
  /** 1 for a root. */
  readonly level: number;
}

const menuCloseMs = 500;
const lookMs = 1000;

/** What a page function needs of an element: the tests are compiled without the types of the DOM. */
interface ElementOnPage {
  readonly id: string;
  getAttribute(name: string): string | null;
}

/** The trees of the side bar. Only rows that are scrolled into sight are there. */
export class SideBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The row that these names lead to: each names a row somewhere below the one before. */
  row(...path: readonly RowName[]): TreeRow {
    return new TreeRow(this.#page, path);
  }

  /** The accessible names of all rows in sight, from top to bottom. */
  async rowNames(): Promise<string[]> {
    return (await rowsOnPage(this.#page)).map((row) => row.name);
  }

  /** What a view without rows says, links and buttons included. */
  async welcomeText(): Promise<string> {
    return (await this.#welcome().innerText()).trim();
  }

  async pressWelcomeButton(name: string): Promise<void> {
    await this.#welcome().getByRole('button', { name }).click();
  }

  /** Presses a button in the title of a view, which is shown when the pointer is over it. */
  async pressViewAction(view: string, action: string): Promise<void> {
    const header = this.#page
      .locator('.sidebar .pane-header, .sidebar .composite.title')
      .filter({ hasText: view });
    await header.first().hover();
    await header.first().getByRole('button', { name: action }).click();
  }

  #welcome(): Locator {
    return this.#page.locator('.sidebar .welcome-view-content:visible').first();
  }
}

/** A row of a tree, looked up anew at each use, because rows come and go. */
export class TreeRow {
  readonly #page: Page;
  readonly #path: readonly RowName[];

  constructor(page: Page, path: readonly RowName[]) {
    this.#page = page;
    this.#path = path;
  }

  /** A row below this one. */
  row(...path: readonly RowName[]): TreeRow {
    return new TreeRow(this.#page, [...this.#path, ...path]);
  }

  /** Waits until the row is there and returns its element. */
  async element(): Promise<Locator> {
    return waitUntil(`row ${this.#path.join(' > ')}`, async () => {
      const found = findRow(await rowsOnPage(this.#page), this.#path);
      return found && elementOf(this.#page, found);
    });
  }

  async waitFor(): Promise<void> {
    await this.element();
  }

  async isShown(): Promise<boolean> {
    return findRow(await rowsOnPage(this.#page), this.#path) !== undefined;
  }

  async waitUntilGone(): Promise<void> {
    await waitUntil(`the end of row ${this.#path.join(' > ')}`, async () => !(await this.isShown()));
  }

  /** The accessible name, which says in words what the icon and colour say. */
  async name(): Promise<string> {
    return (await (await this.element()).getAttribute('aria-label')) ?? '';
  }

  /** Label and description, as shown. */
  async text(): Promise<string> {
    return (await (await this.element()).innerText()).replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();
  }

  /** Unfolds the row and waits until it has a child. */
  async expand(): Promise<void> {
    await this.#fold('true');
    await this.row(/./).waitFor();
  }

  async collapse(): Promise<void> {
    await this.#fold('false');
  }

  async click(): Promise<void> {
    await waitUntil(`row ${this.#path.join(' > ')} to be clicked`, async () => {
      const element = await this.element();
      const name = await element.getAttribute('aria-label', { timeout: lookMs }).catch(() => null);
      await element.click({ timeout: lookMs }).catch(() => undefined);
      // What follows the name may change by the click, and the row below the pointer while the list is drawn again.
      return name !== null && beginningOf(await this.#focusedName()) === beginningOf(name);
    });
  }

  /** Adds the row to those that are selected. */
  async addToSelection(): Promise<void> {
    await waitUntil(`row ${this.#path.join(' > ')} to be selected`, async () => {
      const element = await this.element();
      if ((await element.getAttribute('aria-selected')) === 'true') return true;
      // A row that changes its name at that moment does not take the click.
      await element.click({ modifiers: ['Control'], timeout: lookMs }).catch(() => undefined);
      return false;
    });
  }

  async doubleClick(): Promise<void> {
    await (await this.element()).dblclick();
  }

  /** Chooses an entry of the context menu; several names go through submenus. */
  async chooseFromMenu(...entries: readonly string[]): Promise<void> {
    await waitUntil(`the menu of ${this.#path.join(' > ')} to take ${entries.join(' > ')}`, async () => {
      // A list that changes at that moment closes the menu; one that has just been opened does not take a click yet.
      if (!(await this.#menu().isVisible())) await this.#openMenu();
      return this.#press(entries).then(
        () => this.#menuIsClosed(),
        () => false,
      );
    });
  }

  async #press(entries: readonly string[]): Promise<void> {
    const timeout = { timeout: lookMs };
    for (const entry of entries.slice(0, -1)) await this.#menuEntry(entry).hover(timeout);
    await this.#menuEntry(entries.at(-1) ?? '').click(timeout);
  }

  /** The entries of the context menu. */
  async menuEntries(): Promise<string[]> {
    await this.#openMenu();
    const items = await this.#page.locator('.monaco-menu .action-label[aria-label]').all();
    const names = await Promise.all(items.map((item) => item.getAttribute('aria-label')));
    await this.#closeMenu();
    return names.filter((name) => name !== null && name !== '') as string[];
  }

  /** Presses one of the buttons that a row shows while the pointer is on it. */
  async pressInlineAction(name: string): Promise<void> {
    const element = await this.element();
    await element.hover();
    await element.getByRole('button', { name }).click();
  }

  async #openMenu(): Promise<void> {
    await waitUntil(`the menu of ${this.#path.join(' > ')}`, async () => {
      const timeout = { timeout: lookMs };
      const element = await this.element();
      const name = await element.getAttribute('aria-label', timeout).catch(() => null);
      await element.click({ button: 'right', ...timeout }).catch(() => undefined);
      const isOpen = await this.#page
        .getByRole('menuitem')
        .first()
        .waitFor(timeout)
        .then(
          () => true,
          () => false,
        );
      if (!isOpen) return false;
      // Rows that come and go at that moment move others below the pointer: the row that was hit has the focus.
      if (name !== null && beginningOf(await this.#focusedName()) === beginningOf(name)) return true;
      await this.#closeMenu();
      return false;
    });
  }

  async #focusedName(): Promise<string | null> {
    const focused = this.#page.locator('.sidebar .pane-body .monaco-list-row[role="treeitem"].focused');
    return focused
      .first()
      .getAttribute('aria-label', { timeout: lookMs })
      .catch(() => null);
  }

  async #closeMenu(): Promise<void> {
    await waitUntil('the menu to close', async () => {
      await this.#page.keyboard.press('Escape');
      return this.#menuIsClosed();
    });
  }

  #menuEntry(name: string): Locator {
    // The name of an entry that has a key ends with the key.
    const label = this.#page.locator(`.action-label[aria-label=${JSON.stringify(name)}]`);
    return this.#page.getByRole('menuitem').filter({ has: label }).last();
  }

  /** Whether the menu closes within a moment. */
  async #menuIsClosed(): Promise<boolean> {
    return this.#menu()
      .waitFor({ state: 'hidden', timeout: menuCloseMs })
      .then(
        () => true,
        () => false,
      );
  }

  #menu(): Locator {
    return this.#page.locator('.monaco-menu-container').filter({ visible: true }).first();
  }

  async #fold(expanded: 'true' | 'false'): Promise<void> {
    await waitUntil(`row ${this.#path.join(' > ')} to fold`, async () => {
      const element = await this.element();
      // A row that changes its name between two looks is looked for anew.
      const state = await element.getAttribute('aria-expanded', { timeout: lookMs }).catch(() => undefined);
      if (state === expanded) return true;
      if (state !== undefined)
        await element
          .locator('.monaco-tl-twistie')
          .click({ timeout: lookMs })
          .catch(() => undefined);
      return false;
    });
  }
}

/** Of the name of a row: its kind and its name, without its state. */
function beginningOf(name: string | null): string | undefined {
  return name?.split(',')[0];
}

async function rowsOnPage(page: Page): Promise<RowOnPage[]> {
  const rows = await page
    .locator('.sidebar .pane-body .monaco-list-row[role="treeitem"]')
    .evaluateAll((elements: readonly ElementOnPage[]) =>
      elements.map((element) => ({
        id: element.id,
        name: element.getAttribute('aria-label') ?? '',
        index: Number(element.getAttribute('data-index')),
        level: Number(element.getAttribute('aria-level')),
      })),
    );
  return rows.sort((a, b) => a.index - b.index);
}

/** The row that the path leads to in this list, in which the rows below another follow it with a higher level. */
export function findRow(rows: readonly RowOnPage[], path: readonly RowName[]): RowOnPage | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return undefined;
  for (const [at, row] of rows.entries()) {
    if (!isNamed(row, name)) continue;
    if (rest.length === 0) return row;
    const end = rows.findIndex((other, index) => index > at && other.level <= row.level);
    const found = findRow(rows.slice(at + 1, end < 0 ? rows.length : end), rest);
    if (found) return found;
  }
  return undefined;
}

function isNamed(row: RowOnPage, name: RowName): boolean {
  if (typeof name !== 'string') return name.test(row.name);
  return row.name === name || row.name.startsWith(`${name},`);
}

function elementOf(page: Page, row: RowOnPage): Locator {
  return page.locator(`[id=${JSON.stringify(row.id)}][aria-label=${JSON.stringify(row.name)}]`);
}
