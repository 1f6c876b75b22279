import { setTimeout as sleep } from 'node:timers/promises';

const waitTimeoutMs = 20_000;
const pollMs = 100;

/**
 * Asks again and again until the answer is neither undefined nor false, and returns it. The error at the end of the
 * time names `what` was waited for.
 */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  timeoutMs = waitTimeoutMs,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    await sleep(pollMs);
  }
}
