import { CancelledError, TimeoutError } from './errors.ts';

/** How long a wait may last and who may end it. */
export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Waits for `work`, but no longer than the options allow: rejects with {@link CancelledError} when the signal
 * aborts, with {@link TimeoutError} (saying `onTimeout()`) when the time is up. The work itself goes on;
 * whoever can stop it listens to the signal as well.
 */
export async function waitFor<T>(
  work: Promise<T>,
  options: WaitOptions,
  onTimeout: () => string,
): Promise<T> {
  const { signal, timeoutMs } = options;
  if (signal?.aborted) throw new CancelledError();
  if (signal === undefined && timeoutMs === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  let cancel: (() => void) | undefined;
  try {
    return await Promise.race([
      work,
      new Promise<never>((_resolve, reject) => {
        if (timeoutMs !== undefined) {
          timer = setTimeout(() => {
            reject(new TimeoutError(onTimeout()));
          }, timeoutMs);
        }
        cancel = () => {
          reject(new CancelledError());
        };
        signal?.addEventListener('abort', cancel, { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (cancel) signal?.removeEventListener('abort', cancel);
  }
}
