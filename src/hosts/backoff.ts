const steps = [1, 2, 5, 10, 30, 60] as const;

/**
 * How long to wait before the given attempt (from 0) to connect again, in milliseconds: longer each time, up to a
 * minute, and spread so that many windows do not knock at once. `random` is in [0, 1).
 */
export function reconnectDelay(attempt: number, random: number): number {
  const seconds = steps[Math.min(attempt, steps.length - 1)] ?? 60;
  return Math.round(seconds * 1000 * (0.8 + 0.4 * random));
}
