import type { Page } from 'playwright-core';
import type { Say } from '../say.ts';
import { launchChromium, openPage, provisionChromium, workbenchAddress } from './browser.ts';
import { startVsCode, type VsCodeServer, type VsCodeServerOptions } from './server.ts';

export interface ShownAs {
  /** The folder to open. Default: an empty window. */
  readonly folder?: string | undefined;
  /** Display language as extensions see it, such as `zh-cn`. */
  readonly displayLanguage?: string | undefined;
  readonly say?: Say | undefined;
}

export type WindowOptions = Omit<VsCodeServerOptions, 'forExtensionTests'> & ShownAs;

/** A VS Code window in a headless browser. */
export interface VsCodeWindow {
  readonly page: Page;
  readonly server: VsCodeServer;
  /** Addresses outside the server that the page asked for: each was refused. */
  readonly refusedRequests: readonly string[];
  /** Ends the browser, and the server that was started for it. */
  close(): Promise<void>;
}

const waitTimeoutMs = 20_000;

/** Starts VS Code and shows its window. Rejects when the workbench does not appear. */
export async function openWindow(options: WindowOptions): Promise<VsCodeWindow> {
  const server = await startVsCode(options);
  try {
    const window = await showWindow(server, options);
    return {
      ...window,
      close: async () => {
        await window.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Shows a window of a server that runs; closing it leaves the server. */
export async function showWindow(server: VsCodeServer, options: ShownAs = {}): Promise<VsCodeWindow> {
  const browser = await launchChromium(await provisionChromium(options.say ?? (() => undefined)));
  try {
    const { page, refusedRequests } = await openPage(browser, {
      origin: server.url,
      displayLanguage: options.displayLanguage,
    });
    page.setDefaultTimeout(waitTimeoutMs);
    await page.goto(workbenchAddress(server.url, { folder: options.folder }));
    await page.locator('.monaco-workbench .activitybar').waitFor();
    return { page, server, refusedRequests, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
