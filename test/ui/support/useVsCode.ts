import { resolve } from 'node:path';
import { provisionVsCode } from '../../../tools/vscode-host/provision.ts';
import { openWindow, type VsCodeWindow, type WindowOptions } from '../../../tools/vscode-host/window.ts';
import { Workbench } from './workbench.ts';
import { keepScreenshot } from './messages.ts';

export type VsCodeUse = Partial<Omit<WindowOptions, 'say'>>;

/** What the tests of a suite work with; there from its first test to its last. */
export interface VsCodeInUse {
  readonly workbench: Workbench;
  readonly window: VsCodeWindow;
}

const startTimeoutMs = 180_000;
const repository = resolve(import.meta.dirname, '..', '..', '..');

/** Nothing is typed or laid out but what a test types. */
const plainTyping = {
  'editor.acceptSuggestionOnCommitCharacter': false,
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'editor.autoSurround': 'never',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.stickyScroll.enabled': false,
  'editor.suggestOnTriggerCharacters': false,
};

/**
 * For the suite it is called in: opens a window with the extension before the first test and closes it after the last.
 * `prepare` runs before and says how. A failing test leaves a screenshot in out/screenshots.
 */
export function useVsCode(prepare: () => VsCodeUse | Promise<VsCodeUse> = () => ({})): VsCodeInUse {
  let window: VsCodeWindow | undefined;
  const opened = (): VsCodeWindow => {
    if (!window) throw new Error('The window is open while tests run, not before.');
    return window;
  };

  before(async function () {
    this.timeout(startTimeoutMs);
    const use = await prepare();
    window = await openWindow({
      install: await provisionVsCode('newest', console.log),
      extensions: [{ folder: repository }],
      ...use,
      settings: { ...plainTyping, ...use.settings },
    });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed' && window) {
      const path = await keepScreenshot(window.page, this.currentTest.fullTitle());
      console.log(`The window looks like ${path}`);
    }
  });

  after(async () => {
    await window?.close();
  });

  return {
    get workbench() {
      return new Workbench(opened().page);
    },
    get window() {
      return opened();
    },
  };
}
