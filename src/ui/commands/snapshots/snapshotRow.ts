import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { CommandServices } from '../command.ts';

/** Has the snapshots of a domain read again: neither libvirt nor Ceph tells that they have changed. */
export function showAnew(domain: DomainNode, { explorer }: CommandServices): void {
  const { host, snapshots, rbdSnapshots, uuid } = domain;
  snapshots.forget();
  rbdSnapshots.forget();
  // An external snapshot gives the disks new files.
  host.inventory?.domains.noteDefinition(uuid);
  explorer.redraw(domain);
  if (!rbdSnapshots.known || !host.connected) return;
  // Their number is known once they are read; a failure shows below the row.
  const drawn = (): void => {
    explorer.redraw(rbdSnapshots);
  };
  rbdSnapshots.read().then(drawn, drawn);
}
