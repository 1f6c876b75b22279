import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './waiting.ts';

const nextQuestionMs = 2000;

/** So long that dialog may take to fill in its folder after something was typed. */
const settleMs = 250;

/** The box at the top of the window: command palette, quick picks and input boxes. */
export class QuickInput {
  readonly #page: Page;
  readonly #box: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#box = page.locator('.quick-input-widget').filter({ visible: true });
  }

  /** Waits until a box with this title is there: `Add Host`, also where a step number follows. */
  async waitForTitle(title: string): Promise<void> {
    await this.#box.locator('.quick-input-title', { hasText: title }).waitFor();
  }

  async title(): Promise<string> {
    return (await this.#box.locator('.quick-input-title').innerText()).trim();
  }

  /** What stands below an input: the prompt, or why the value is refused. */
  async message(): Promise<string> {
    return (await this.#box.locator('.quick-input-message').innerText()).trim();
  }

  async waitForMessage(text: string | RegExp): Promise<void> {
    await this.#box.locator('.quick-input-message', { hasText: text }).waitFor();
  }

  async value(): Promise<string> {
    return this.#input().inputValue();
  }

  /** Whether dots stand for what is typed. */
  async hidesTyping(): Promise<boolean> {
    return (await this.#input().getAttribute('type')) === 'password';
  }

  async fill(text: string): Promise<void> {
    await this.#input().fill(text);
  }

  async accept(): Promise<void> {
    await this.#page.keyboard.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
  }

  /** Fills the input and accepts it. */
  async answer(text: string): Promise<void> {
    await this.fill(text);
    await this.accept();
  }

  /** Types a path into VS Code's own dialog for files, which fills in the folder that it begins in at some point. */
  async answerPath(path: string): Promise<void> {
    await waitUntil(`the dialog to take ${path}`, async () => {
      if ((await this.value()) === '') return false;
      await this.fill(path);
      await this.#page.waitForTimeout(settleMs);
      return (await this.value()) === path;
    });
    await this.accept();
  }

  /** The labels of the entries to pick from. */
  async options(): Promise<string[]> {
    const labels = this.#box.locator('.monaco-list-row .quick-input-list-row:first-child .label-name');
    await labels.first().waitFor();
    return (await labels.allInnerTexts()).map((label) => label.replaceAll('\u00a0', ' '));
  }

  /** Waits until an entry is offered whose label begins so. */
  async waitForOption(option: string): Promise<void> {
    const text = new RegExp(`^\\s*${escapeForRegExp(option)}`);
    await this.#box.locator('.monaco-list-row').filter({ hasText: text }).first().waitFor();
  }

  /**
   * Picks an entry by the beginning of its label or, with a regular expression, by any of its text. Waits until the next
   * question is there, or the box closed: what is typed then is typed there.
   */
  async pick(option: string | RegExp): Promise<void> {
    const text = typeof option === 'string' ? new RegExp(`^\\s*${escapeForRegExp(option)}`) : option;
    const row = this.#box.locator('.monaco-list-row').filter({ hasText: text }).first();
    const question = await this.#titles();
    const ticks =
      (await row.locator('input[type="checkbox"], .monaco-checkbox').filter({ visible: true }).count()) > 0;
    await row.click();
    if (ticks) return;
    await waitUntil(
      'the next question',
      async () => (await this.#titles()) !== question,
      nextQuestionMs,
    ).catch(
      // A list without a title that is followed by another one.
      () => undefined,
    );
  }

  async pressBack(): Promise<void> {
    await this.#box.getByRole('button', { name: 'Back' }).click();
  }

  async waitUntilClosed(): Promise<void> {
    await this.#box.waitFor({ state: 'hidden' });
  }

  /** Runs a command by the words that the palette shows: `Category: Title`. */
  async runCommand(words: string): Promise<void> {
    await this.#page.keyboard.press('F1');
    await this.fill(`>${words}`);
    const exact = new RegExp(`^\\s*${escapeForRegExp(words)}`);
    await this.#box.locator('.monaco-list-row').filter({ hasText: exact }).first().click();
  }

  /** The commands that the palette offers for these words. */
  async commandsLike(words: string): Promise<string[]> {
    await this.#page.keyboard.press('F1');
    await this.fill(`>${words}`);
    const labels = await this.options();
    await this.cancel();
    return labels;
  }

  /** undefined when the box is closed. */
  async #titles(): Promise<string | undefined> {
    if ((await this.#box.count()) === 0) return undefined;
    return (await this.#box.locator('.quick-input-title').allInnerTexts()).join();
  }

  #input(): Locator {
    return this.#box.locator('input').filter({ visible: true }).last();
  }
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
