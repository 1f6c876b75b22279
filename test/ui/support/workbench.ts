import type { FrameLocator, Locator, Page } from 'playwright-core';
import { Editor } from './editor.ts';
import { Dialog, keepScreenshot, Notifications } from './messages.ts';
import { QuickInput } from './quickInput.ts';
import { SideBar } from './sideBar.ts';
import { waitUntil } from './waiting.ts';

/** The window of VS Code, by what a person sees in it. */
export class Workbench {
  readonly page: Page;
  readonly sideBar: SideBar;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly dialog: Dialog;

  constructor(page: Page) {
    this.page = page;
    this.sideBar = new SideBar(page);
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
  }

  /** Shows a view container by its icon in the activity bar. */
  async openViewContainer(title: string): Promise<void> {
    const icon = this.page.locator(
      `.activitybar .action-item:has(.action-label[aria-label^=${JSON.stringify(title)}])`,
    );
    await icon.waitFor();
    const shown = this.page.locator('.sidebar .composite.title', { hasText: title });
    // A window that is just being restored may show it by itself: then the click has hidden it.
    await waitUntil(`the views of ${title}`, async () => {
      if (await becomesVisible(shown)) return true;
      await icon.click();
      return becomesVisible(shown);
    });
  }

  /** Runs a command by the words that the palette shows: `Category: Title`. */
  async runCommand(words: string): Promise<void> {
    await this.quickInput.runCommand(words);
  }

  editor(name: string): Editor {
    return new Editor(this.page, name);
  }

  async tabNames(): Promise<string[]> {
    const tabs = await this.page.locator('.tabs-container .tab').all();
    return Promise.all(tabs.map(async (tab) => (await tab.getAttribute('data-resource-name')) ?? ''));
  }

  /** What the Problems view lists: files and messages, from top to bottom. */
  async problems(): Promise<string[]> {
    await this.runCommand('Problems: Focus on Problems View');
    await this.page.locator('.markers-panel').waitFor();
    const rows = await this.page.locator('.markers-panel .monaco-list-row').allInnerTexts();
    return rows.map((row) => row.replace(/\s+/g, ' ').trim());
  }

  /** An entry of the status bar, by its text or its accessible name. */
  statusBarItem(text: string | RegExp): Locator {
    const items = this.page.locator('.statusbar-item');
    return items
      .filter({ hasText: text })
      .or(items.and(this.page.getByLabel(text)))
      .first();
  }

  /** The content of the webview in front. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The lines of the terminal in front. */
  async terminalText(): Promise<string> {
    return (await this.page.locator('.terminal-wrapper.active .xterm-rows').innerText()).replaceAll(
      '\u00a0',
      ' ',
    );
  }

  async typeInTerminal(text: string): Promise<void> {
    await this.page.locator('.terminal-wrapper.active .xterm').click();
    await this.page.keyboard.type(text);
  }

  /** All that is to be read in the window, but for what stands in inputs. */
  async text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  /** Keeps what the window looks like in out/screenshots and returns the path. */
  async screenshot(name: string): Promise<string> {
    return keepScreenshot(this.page, name);
  }
}

function becomesVisible(element: Locator): Promise<boolean> {
  return element.waitFor({ timeout: 1000 }).then(
    () => true,
    () => false,
  );
}
