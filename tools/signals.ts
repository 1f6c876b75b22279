import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns a signal to end into an exit, so that what listens to `exit` can end the programs it has started.
 * The result undoes it.
 */
export function exitOnSignals(): () => void {
  const exit = (signal: NodeJS.Signals): void => {
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of signals) process.on(signal, exit);
  return () => {
    for (const signal of signals) process.off(signal, exit);
  };
}

/** Waits until this process is asked to end. Asked again, it goes on ending: a terminal asks each time it can. */
export async function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      process.on(signal, () => {
        resolve();
      });
    }
  });
}
