import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is neither undefined nor false; fails after a minute, saying what was awaited. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | false | undefined>,
  milliseconds = 60_000,
): Promise<T> {
  const giveUp = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > giveUp) throw new Error(`This did not happen: ${what}.`);
    await delay(50);
  }
}
