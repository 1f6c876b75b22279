import { isRbd, mayBeRbd } from '../../../libvirt/model/rbdSource.ts';
import type { ExplorerNode } from '../node.ts';
import type { DomainNode } from './domainNode.ts';

/** The rows of snapshots below a domain. libvirt takes none of RBD images: its row shows where it has some, or could. */
export async function snapshotRows(domain: DomainNode): Promise<readonly ExplorerNode[]> {
  const { snapshots, rbdSnapshots, host, uuid } = domain;
  const [details, count] = await Promise.all([host.inventory?.domains.details(uuid), snapshots.count()]);
  const fixed = (details?.disks ?? []).filter(({ device }) => device === 'disk' || device === 'lun');
  const isAllRbd = fixed.length > 0 && fixed.every(isRbd);
  return [...(isAllRbd && count === 0 ? [] : [snapshots]), ...(fixed.some(mayBeRbd) ? [rbdSnapshots] : [])];
}
