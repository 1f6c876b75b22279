import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { CommandServices } from '../command.ts';

/** Has the snapshots of a domain read again: neither libvirt nor Ceph tells that they have changed. */
export function showAnew(domain: DomainNode, { explorer }: CommandServices): void {
  domain.snapshots.forget();
  domain.rbdSnapshots.forget();
  // An external snapshot gives the disks new files.
  domain.host.inventory?.domains.noteDefinition(domain.uuid);
  explorer.redraw(domain);
}
