import type { HostSession } from '../../../hosts/hostSession.ts';
import type { CommandServices } from '../command.ts';

/** Volumes came or went in these pools: there is no event for it. */
export function redrawPools({ explorer }: CommandServices, host: HostSession, names: Iterable<string>): void {
  const rows = explorer.hosts.find((node) => node.host === host)?.shownGroups?.pools;
  const wanted = new Set(names);
  for (const { ref } of host.inventory?.pools.entries.values() ?? []) {
    if (rows && wanted.has(ref.name)) explorer.redraw(rows.rowToRedraw(ref.uuid));
  }
}
