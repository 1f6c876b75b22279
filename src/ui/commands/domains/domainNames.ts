import type { HostSession } from '../../../hosts/hostSession.ts';

export function domainNamesOn(host: HostSession): ReadonlySet<string> {
  return new Set([...(host.inventory?.domains.entries.values() ?? [])].map(({ ref }) => ref.name));
}
