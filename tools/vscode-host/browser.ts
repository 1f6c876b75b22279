import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureAptPackages } from '../apt.ts';
import { tryCommand } from '../lab/commands.ts';
import { findProgram, isExecutable } from '../programs.ts';
import type { Say } from '../say.ts';

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The program of a Chromium or Chrome: $CHROME_PATH, one in PATH, or Debian's package, which is installed when missing. */
export async function provisionChromium(say: Say): Promise<string> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined) {
    if (await runs(chosen)) return chosen;
    throw new Error(`CHROME_PATH names ${chosen}, which does not run.`);
  }
  const present = await findChromium();
  if (present !== undefined) return present;
  const advice = 'Install Chromium or Chrome, or name its program in CHROME_PATH.';
  try {
    await ensureAptPackages(['chromium'], say);
  } catch (error) {
    throw new Error(`There is no Chromium on this machine. ${advice}`, { cause: error });
  }
  const installed = await findChromium();
  if (installed !== undefined) return installed;
  throw new Error(
    `The package chromium of this system brings no program that runs (Ubuntu's is a snap). ${advice}`,
  );
}

async function findChromium(): Promise<string | undefined> {
  for (const name of browserNames) {
    const path = await findProgram([name]);
    if (path !== undefined && (await runs(path))) return path;
  }
  return undefined;
}

/** Ubuntu's package is a script that only asks to install a snap: it is there, but does not run. */
async function runs(path: string): Promise<boolean> {
  return (await isExecutable(path)) && (await tryCommand([path, '--version'])).exitCode === 0;
}

export async function launchChromium(program: string): Promise<Browser> {
  return chromium.launch({
    executablePath: program,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
}

export interface PageOptions {
  /** The server that may be asked; anything else is refused. */
  readonly origin: string;
  /** VS Code's display language, as far as extensions see it. Default: `en`. */
  readonly displayLanguage?: string | undefined;
}

export interface OfflinePage {
  readonly page: Page;
  /** Addresses that were asked for and are not of the server: each was refused. */
  readonly refusedRequests: readonly string[];
}

export async function openPage(browser: Browser, options: PageOptions): Promise<OfflinePage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  if (options.displayLanguage !== undefined) {
    await context.addInitScript((language) => {
      Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { value: language, writable: false });
    }, options.displayLanguage);
  }
  const refusedRequests: string[] = [];
  await context.route('**/*', async (route) => {
    const address = route.request().url();
    if (address.startsWith(options.origin) || /^(data|blob|about):/.test(address)) return route.continue();
    refusedRequests.push(address);
    return route.abort();
  });
  return { page: await context.newPage(), refusedRequests };
}

/** The address of a window: empty, or with that folder open. */
export function workbenchAddress(
  serverUrl: string,
  options: { folder?: string | undefined; payload?: readonly (readonly [string, string])[] } = {},
): string {
  const address = new URL(serverUrl);
  if (options.folder === undefined) address.searchParams.set('ew', 'true');
  else address.searchParams.set('folder', options.folder);
  const payload = [['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...(options.payload ?? [])];
  address.searchParams.set('payload', JSON.stringify(payload));
  return address.toString();
}
