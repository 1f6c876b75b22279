import * as vscode from 'vscode';
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
 * can be cancelled. Cancelling aborts the signal and ends the wait with a CancelledError.
 */
export async function withProgress<T>(
  { title, patience }: ProgressOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const running = waitFor(work(abort.signal), { signal: abort.signal }, () => '');
  const settled = running.then(
    () => true,
    () => true,
  );
  void vscode.window.withProgress({ location: { viewId: explorerViewId } }, () => settled);
  const quick = await Promise.race([settled, delay(silentMs).then(() => false)]);
  if (quick) return running;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => {
        abort.abort();
      });
      const timer =
        patience &&
        setTimeout(() => {
          progress.report({ message: patience.message });
        }, patience.afterMs - silentMs);
      try {
        return await running;
      } finally {
        clearTimeout(timer);
      }
    },
  );
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
