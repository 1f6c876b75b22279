import { resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';

type Text = string | RegExp;

/** The notifications in the corner of the window. */
export class Notifications {
  readonly #items: Locator;

  constructor(page: Page) {
    this.#items = page.locator('.notifications-toasts .notification-list-item');
  }

  /** Waits for a notification with this text and returns all of its message. */
  async waitFor(text: Text): Promise<string> {
    return (await this.#item(text).locator('.notification-list-item-message').innerText()).trim();
  }

  async buttons(text: Text): Promise<string[]> {
    await this.#item(text).waitFor();
    return this.#item(text)
      .locator('.notification-list-item-buttons-container .monaco-button')
      .allInnerTexts();
  }

  async press(text: Text, button: string): Promise<void> {
    await this.#item(text).getByRole('button', { name: button, exact: true }).click();
  }

  async messages(): Promise<string[]> {
    return this.#items.locator('.notification-list-item-message').allInnerTexts();
  }

  #item(text: Text): Locator {
    return this.#items.filter({ hasText: text }).first();
  }
}

/** A modal dialog in the middle of the window. */
export class Dialog {
  readonly #box: Locator;

  constructor(page: Page) {
    this.#box = page.locator('.monaco-dialog-box');
  }

  /** Waits for the dialog and returns its message and detail. */
  async text(): Promise<string> {
    const message = await this.#box.locator('.dialog-message-container').innerText();
    return message.replaceAll('\u00a0', ' ').trim();
  }

  async buttons(): Promise<string[]> {
    await this.#box.waitFor();
    return this.#box.locator('.dialog-buttons .monaco-button').allInnerTexts();
  }

  async press(button: string): Promise<void> {
    await this.#box.getByRole('button', { name: button, exact: true }).click();
    await this.#box.waitFor({ state: 'hidden' });
  }

  async isShown(): Promise<boolean> {
    return this.#box.isVisible();
  }
}

/** Keeps what the window looks like in out/screenshots and returns the path. */
export async function keepScreenshot(page: Page, name: string): Promise<string> {
  const path = resolve('out', 'screenshots', `${name.replace(/[^\w.-]+/g, '-')}.png`);
  await page.screenshot({ path });
  return path;
}
