import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './waiting.ts';

export type Severity = 'error' | 'warning' | 'info';

/** The text editor of a tab. */
export class Editor {
  /** What the tab shows: `web1.xml`. */
  readonly name: string;
  readonly #page: Page;
  readonly #tab: Locator;
  readonly #editor: Locator;

  constructor(page: Page, name: string) {
    this.name = name;
    this.#page = page;
    this.#tab = page.locator(`.tabs-container .tab[data-resource-name=${JSON.stringify(name)}]`).first();
    this.#editor = page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Waits until the tab is there and in front, with its text. */
  async waitFor(): Promise<void> {
    await this.#tab.and(this.#page.locator('.active')).waitFor();
    await this.#editor.locator('.view-lines .view-line').first().waitFor();
  }

  async show(): Promise<void> {
    await this.#tab.click();
    await this.waitFor();
  }

  async isOpen(): Promise<boolean> {
    return (await this.#tab.count()) > 0;
  }

  async isDirty(): Promise<boolean> {
    return (await this.#tab.getAttribute('class'))?.split(' ').includes('dirty') ?? false;
  }

  /** The lines in sight. */
  async text(): Promise<string> {
    await this.#editor.locator('.view-lines .view-line').first().waitFor();
    const lines = await this.#editor
      .locator('.view-lines .view-line')
      .evaluateAll((elements: readonly LineOnPage[]) =>
        elements
          .map((element) => ({ top: Number.parseFloat(element.style.top), text: element.textContent }))
          .sort((a, b) => a.top - b.top)
          .map((line) => line.text),
      );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  async waitForText(text: string | RegExp): Promise<void> {
    await waitUntil(`the text ${String(text)} in ${this.name}`, async () => {
      const shown = await this.text();
      return typeof text === 'string' ? shown.includes(text) : text.test(shown);
    });
  }

  async goTo(line: number, column = 1): Promise<void> {
    await this.#focus();
    await this.#page.keyboard.press('Control+g');
    const input = this.#page.locator('.quick-input-widget input').filter({ visible: true }).last();
    await input.fill(`:${line}:${column}`);
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Selects the first place of a text, from the top. */
  async select(text: string): Promise<void> {
    await this.goTo(1);
    await this.#page.keyboard.press('Control+f');
    const find = this.#editor.locator('.find-widget.visible');
    await find.getByRole('textbox', { name: 'Find' }).fill(text);
    await find.locator('.matchesCount', { hasText: /\d+ (of|\/)/ }).waitFor();
    // Escape first closes what else is open: a hover, a list of fixes.
    await waitUntil('the find widget to close', async () => {
      await this.#page.keyboard.press('Escape');
      return find.isHidden();
    });
  }

  /** Types at the cursor, over the selection, key by key. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async replace(text: string, by: string): Promise<void> {
    await this.select(text);
    await this.type(by);
  }

  /** Replaces the whole text. */
  async replaceAll(text: string): Promise<void> {
    await this.#focus();
    await this.#page.keyboard.press('Control+a');
    await this.#page.keyboard.insertText(text);
  }

  /** Ctrl+S, without waiting: a save may ask, fail or succeed. */
  async pressSave(): Promise<void> {
    await this.#focus();
    await this.#page.keyboard.press('Control+s');
  }

  /** Saves and waits until nothing is unsaved. */
  async save(): Promise<void> {
    await this.pressSave();
    await this.waitUntilSaved();
  }

  async waitUntilSaved(): Promise<void> {
    await waitUntil(`${this.name} to be saved`, async () => !(await this.isDirty()));
  }

  async squiggles(severity: Severity): Promise<number> {
    return this.#editor.locator(`.squiggly-${severity}`).count();
  }

  async waitForSquiggles(severity: Severity, count: number): Promise<void> {
    await waitUntil(
      `${count} squiggles (${severity}) in ${this.name}`,
      async () => (await this.squiggles(severity)) === count,
    );
  }

  /** What the editor shows when the pointer rests on the first place of a text in sight. */
  async hover(text: string): Promise<string> {
    const box = await this.#editor
      .locator('.view-lines .view-line span', { hasText: text })
      .last()
      .boundingBox();
    if (!box) throw new Error(`${text} is not in sight in ${this.name}.`);
    await this.#page.mouse.move(box.x + 2, box.y + box.height / 2);
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    return this.#hoverText();
  }

  /** What the editor says of the first squiggle of this severity. */
  async hoverSquiggle(severity: Severity): Promise<string> {
    const squiggle = this.#editor.locator(`.squiggly-${severity}`).first();
    // It is drawn anew with each verdict.
    const box = await waitUntil(
      `a squiggle (${severity}) in sight in ${this.name}`,
      async () => (await squiggle.boundingBox()) ?? undefined,
    );
    await this.#page.mouse.move(box.x + 1, box.y + box.height / 2);
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    return this.#hoverText();
  }

  /** Titles of the quick fixes at the cursor; they stay open. */
  async quickFixes(): Promise<string[]> {
    const rows = this.#page.locator('.action-widget .monaco-list-row.action');
    // A verdict that comes at that moment closes the list.
    await waitUntil(`quick fixes in ${this.name}`, async () => {
      await this.#page.keyboard.press('Control+.');
      return rows
        .first()
        .waitFor({ timeout: 2000 })
        .then(
          () => true,
          () => false,
        );
    });
    return (await rows.allInnerTexts()).map((row) => row.trim());
  }

  async applyQuickFix(title: string): Promise<void> {
    await this.quickFixes();
    const fix = this.#page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
    // The list takes a click only after the pointer has moved over it.
    await fix.hover({ force: true });
    await fix.click();
  }

  /** Labels of what is proposed at the cursor; the list stays open. */
  async completions(): Promise<string[]> {
    await this.#page.keyboard.press('Control+Space');
    const rows = this.#page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    return rows.locator('.label-name').allInnerTexts();
  }

  async acceptCompletion(label: string): Promise<void> {
    await this.completions();
    const row = this.#page.locator('.suggest-widget.visible .monaco-list-row');
    await row
      .filter({ has: this.#page.locator('.label-name', { hasText: label }) })
      .first()
      .click();
  }

  async codeLenses(): Promise<string[]> {
    const lenses = this.#editor.locator('.codelens-decoration a');
    await lenses.first().waitFor();
    return lenses.allInnerTexts();
  }

  async pressCodeLens(title: string): Promise<void> {
    await this.#editor.locator('.codelens-decoration a', { hasText: title }).first().click();
  }

  /** Presses a button in the title bar of the editor group. */
  async pressTitleAction(name: string): Promise<void> {
    await this.#page
      .locator('.editor-group-container.active .editor-actions')
      .getByRole('button', { name })
      .click();
  }

  async close(): Promise<void> {
    // Two tabs may have the same name: the one in front is meant.
    const front = this.#page.locator(
      `.tabs-container .tab.active[data-resource-name=${JSON.stringify(this.name)}]`,
    );
    const tab = (await front.count()) > 0 ? front.first() : this.#tab;
    await tab.click({ button: 'middle' });
  }

  async #hoverText(): Promise<string> {
    const hover = this.#page.locator('.monaco-hover:not(.hidden) .hover-contents').filter({ visible: true });
    await hover.first().waitFor();
    return (await hover.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ').trim();
  }

  async #focus(): Promise<void> {
    // The element that takes the keys: a native one in newer versions of VS Code.
    await this.#editor.locator('.native-edit-context, textarea.inputarea').first().focus();
  }
}

interface LineOnPage {
  readonly style: { readonly top: string };
  readonly textContent: string;
}
