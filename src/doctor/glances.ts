import type { HostSession } from '../hosts/hostSession.ts';
import type { DomainEntry } from '../hosts/inventory/domains.ts';
import type { PoolEntry } from '../hosts/inventory/pools.ts';
import { messageOf } from '../base/errors.ts';
import { allFailures } from './allFailures.ts';

/** What can be seen to be wrong with a pool without asking its host; undefined: nothing. */
export function glanceAtPool(pool: PoolEntry, session: HostSession): string | undefined {
  const known = firstOf(({ glance }) => glance?.pool?.(pool, session));
  return known ?? (pool.condition?.kind === 'unknown' ? messageOf(pool.condition.error) : undefined);
}

/** The same of a domain. */
export function glanceAtDomain(domain: DomainEntry, session: HostSession): string | undefined {
  return firstOf(({ glance }) => glance?.domain?.(domain, session));
}

function firstOf(look: (failure: (typeof allFailures)[number]) => string | undefined): string | undefined {
  for (const failure of allFailures) {
    const seen = look(failure);
    if (seen !== undefined) return seen;
  }
  return undefined;
}
