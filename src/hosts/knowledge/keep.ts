import { isDeepStrictEqual } from 'node:util';

/** The earlier value when the new one says the same: who holds it need not look again. */
export function keep<T>(before: T | undefined, now: T): T {
  return before !== undefined && isDeepStrictEqual(before, now) ? before : now;
}

/** Whether two objects consist of the same parts, as {@link keep} keeps them. */
export function hasSameParts<T extends object>(one: T, other: T): boolean {
  const parts = new Map<string, unknown>(Object.entries(other));
  const own = Object.entries(one);
  return own.length === parts.size && own.every(([name, value]) => parts.get(name) === value);
}
