/** How the domains of a host are put together. */
export const groupings = ['none', 'state', 'prefix'] as const;
export type Grouping = (typeof groupings)[number];

export function isGrouping(value: unknown): value is Grouping {
  return groupings.some((grouping) => grouping === value);
}

/** `web` of `web-01`, `web01` and `web_front-2`: what stands before the first number or separator. */
export function namePrefix(name: string): string {
  return /^[-_. ]*[^-_. \d]*/.exec(name)?.[0] ?? '';
}

/** The prefixes that several names share, in small letters; a name that stands alone needs no group. */
export function sharedPrefixes(names: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const name of names) {
    const prefix = namePrefix(name).toLowerCase();
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return new Set(
    [...counts].filter(([prefix, count]) => prefix !== '' && count > 1).map(([prefix]) => prefix),
  );
}
