import { isDeepStrictEqual } from 'node:util';

/** The earlier value when the new one says the same: who holds it need not look again. */
export function keep<T>(before: T | undefined, now: T): T {
  return before !== undefined && isDeepStrictEqual(before, now) ? before : now;
}
