import { setTimeout as delay } from 'node:timers/promises';

/** Looks until there is something, and returns it. Fails with `what` after ten seconds. */
export async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  what: string,
): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await delay(50);
  }
}
