import * as vscode from 'vscode';
import type { Progress, ReportProgress } from '../base/progress.ts';
import { waitFor } from '../base/waiting.ts';
import { explorerViewId } from './explorer/explorer.ts';

export interface ProgressOptions {
  readonly title: string;
  /** Said when the work has taken `afterMs`: why it takes long and when it ends. */
  readonly patience?: { readonly afterMs: number; readonly message: string } | undefined;
}

/** Shorter work shows in the tree alone, and has no notification. */
const silentMs = 1500;

/**
 * Runs work that takes as long as a host does: first with a moving line above the tree, then with a notification that
 * can be cancelled and shows what the work reports. Cancelling aborts the signal and ends the wait with a
 * CancelledError.
 */
export async function withProgress<T>(
  { title, patience }: ProgressOptions,
  work: (signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const reports = new Reports();
  const running = waitFor(
    work(abort.signal, (progress) => {
      reports.add(progress);
    }),
    { signal: abort.signal },
    () => '',
  );
  const settled = running.then(
    () => true,
    () => true,
  );
  void vscode.window.withProgress({ location: { viewId: explorerViewId } }, () => settled);
  const quick = await Promise.race([settled, delay(silentMs).then(() => false)]);
  if (quick) return running;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (notification, token) => {
      token.onCancellationRequested(() => {
        abort.abort();
      });
      reports.showIn(notification);
      const timer =
        patience &&
        setTimeout(() => {
          notification.report({ message: patience.message });
        }, patience.afterMs - silentMs);
      try {
        return await running;
      } finally {
        clearTimeout(timer);
      }
    },
  );
}

type Notification = vscode.Progress<{ message?: string; increment?: number }>;

/** Keeps the newest report until there is a notification, which wants to be told what was added. */
class Reports {
  #latest: Progress | undefined;
  #shownPercent = 0;
  #notification: Notification | undefined;

  add(progress: Progress): void {
    this.#latest = progress;
    this.#show();
  }

  showIn(notification: Notification): void {
    this.#notification = notification;
    this.#show();
  }

  #show(): void {
    if (!this.#notification || !this.#latest) return;
    const { fraction, message } = this.#latest;
    const percent = Math.max(this.#shownPercent, Math.min(100, (fraction ?? 0) * 100));
    this.#notification.report({
      increment: percent - this.#shownPercent,
      ...(message === undefined ? {} : { message }),
    });
    this.#shownPercent = percent;
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
