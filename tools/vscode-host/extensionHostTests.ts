import { resolve } from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { lastLines } from '../programs.ts';
import type { Say } from '../say.ts';
import { countsOfProcess, type Counts } from '../suites/counts.ts';
import { withResultFiles } from '../suites/resultFiles.ts';
import { launchChromium, openPage, provisionChromium, workbenchAddress } from './browser.ts';
import { startVsCode, type VsCodeServer, type VsCodeServerOptions } from './server.ts';

export interface ExtensionHostTestOptions extends Omit<
  VsCodeServerOptions,
  'extensions' | 'forExtensionTests'
> {
  /** The extension under test, by its folder. */
  readonly extensionFolder: string;
  /** A CommonJS file that exports run(): see tools/build-tests.ts. */
  readonly testBundle: string;
  /** VS Code's display language as extensions see it, such as `zh-cn`. */
  readonly displayLanguage?: string | undefined;
  /** The folder to open. Default: an empty window. */
  readonly folder?: string | undefined;
  /** From the start of the server to the end of the tests. Default: 3 minutes. */
  readonly timeoutMs?: number | undefined;
  /** Receives what the tests print, and what went wrong. */
  readonly say: Say;
}

export interface ExtensionHostOutcome {
  readonly counts: Counts;
  /** What VS Code said of the run: 0 or 1. undefined when it said nothing within the time. */
  readonly exitCode: number | undefined;
}

const defaultTimeoutMs = 180_000;

/** Runs a bundle of mocha tests in the extension host of a VS Code that is started for it. */
export async function runExtensionHostTests(
  options: ExtensionHostTestOptions,
): Promise<ExtensionHostOutcome> {
  const { say } = options;
  const program = await provisionChromium(say);
  return withResultFiles(async (files) => {
    const server = await startVsCode({
      ...options,
      forExtensionTests: true,
      env: { ...options.env, EXTENSION_TEST_RESULTS: files.folder },
    });
    try {
      const { exitCode, messages } = await runInWindow(program, server, options);
      const report = await files.report();
      if (report !== undefined) say(report);
      if (exitCode === undefined || report === undefined) {
        say(`The console of the window said last:\n${lastWords(messages)}`);
        say(`The server printed last:\n${lastWords(server.output())}`);
      }
      return { exitCode, counts: countsOfProcess(await files.counts(), exitCode) };
    } finally {
      await server.stop();
    }
  });
}

async function runInWindow(
  program: string,
  server: VsCodeServer,
  options: ExtensionHostTestOptions,
): Promise<{ exitCode: number | undefined; messages: string }> {
  const browser = await launchChromium(program);
  try {
    const { page } = await openPage(browser, {
      origin: server.url,
      displayLanguage: options.displayLanguage,
    });
    const messages: string[] = [];
    const ended = new Promise<number>((resolve, reject) => {
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.exposeFunction('codeAutomationLog', (_kind: string, values: readonly unknown[]) => {
      messages.push(format(...values));
    });
    await page.goto(testAddress(server, options));
    const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    const exitCode = await within(timeoutMs, ended);
    if (exitCode === undefined) {
      options.say(`The tests did not end within ${timeoutMs / 1000} s.`);
      await keepScreenshot(page, options.say);
    }
    return { exitCode, messages: messages.join('\n') };
  } finally {
    await browser.close();
  }
}

async function keepScreenshot(page: Page, say: Say): Promise<void> {
  const path = resolve('out', 'screenshots', 'extension-host-timeout.png');
  await page.screenshot({ path });
  say(`The window looks like ${path}`);
}

/** What VS Code says in every run: two optional modules that are not compiled, and the gallery that is switched off. */
const usualWords =
  /spdlog|watchdog|bindings file|additional builtin|vsda|^ +at |^Require stack|^- .*Process\.js|^ +tries|^ *[\]}]?$/;

function lastWords(text: string): string {
  const lines = text.split('\n').filter((line) => !usualWords.test(line));
  return lastLines(lines.join('\n'), 30);
}

function testAddress(server: VsCodeServer, options: ExtensionHostTestOptions): string {
  const onServer = (path: string): string => `vscode-remote://${new URL(server.url).host}${resolve(path)}`;
  return workbenchAddress(server.url, {
    folder: options.folder,
    payload: [
      ['extensionDevelopmentPath', onServer(options.extensionFolder)],
      ['extensionTestsPath', onServer(options.testBundle)],
      ['enableProposedApi', ''],
    ],
  });
}

/** The value, or undefined when it does not come within the time. */
async function within<T>(timeoutMs: number, value: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, timeoutMs);
  });
  try {
    return await Promise.race([value, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
