import type { Page } from 'playwright-core';

/**
 * Watches the window from inside: the time from the next press of the mouse until, on the frame that is then drawn,
 * each of these rows of a tree is there. A row is named by the beginning of its accessible name.
 */
export async function watchForRows(page: Page, rows: readonly string[]): Promise<() => Promise<number>> {
  await page.evaluate(watch(rows));
  return async () => page.evaluate<number>('globalThis.benchRows');
}

/** A script, for a page function could not be typed here without the types of the DOM. */
function watch(rows: readonly string[]): string {
  return `
    globalThis.benchRows = new Promise((resolve) => {
      addEventListener('mousedown', () => {
        const start = performance.now();
        const look = () => {
          const names = [...document.querySelectorAll('.sidebar .monaco-list-row')]
            .map((row) => row.getAttribute('aria-label') ?? '');
          if (${JSON.stringify(rows)}.every((row) => names.some((name) => name.startsWith(row)))) {
            resolve(performance.now() - start);
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      }, { capture: true, once: true });
    });
    undefined`;
}
