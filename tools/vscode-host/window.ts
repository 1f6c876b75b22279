import type { Page } from 'playwright-core';
import type { Say } from '../say.ts';
import { launchChromium, openPage, provisionChromium, workbenchAddress } from './browser.ts';
import { startVsCode, type VsCodeServer, type VsCodeServerOptions } from './server.ts';

export interface WindowOptions extends Omit<VsCodeServerOptions, 'forExtensionTests'> {
  /** The folder to open. Default: an empty window. */
  readonly folder?: string | undefined;
  /** Display language as extensions see it, such as `zh-cn`. */
  readonly displayLanguage?: string | undefined;
  readonly say?: Say | undefined;
}

/** A VS Code window in a headless browser, with a server of its own. */
export interface VsCodeWindow {
  readonly page: Page;
  readonly server: VsCodeServer;
  /** Addresses outside the server that the page asked for: each was refused. */
  readonly refusedRequests: readonly string[];
  /** Ends the browser and the server. */
  close(): Promise<void>;
}

const waitTimeoutMs = 20_000;

/** Starts VS Code and shows its window. Rejects when the workbench does not appear. */
export async function openWindow(options: WindowOptions): Promise<VsCodeWindow> {
  const program = await provisionChromium(options.say ?? (() => undefined));
  const server = await startVsCode(options);
  try {
    const browser = await launchChromium(program);
    const close = async (): Promise<void> => {
      await browser.close();
      await server.stop();
    };
    try {
      const { page, refusedRequests } = await openPage(browser, {
        origin: server.url,
        displayLanguage: options.displayLanguage,
      });
      page.setDefaultTimeout(waitTimeoutMs);
      await page.goto(workbenchAddress(server.url, { folder: options.folder }));
      await page.locator('.monaco-workbench .activitybar').waitFor();
      return { page, server, refusedRequests, close };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
}
