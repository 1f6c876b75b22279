import type * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { formatBytes } from '../../../base/sizes.ts';
import type { PoolInfo } from '../../../libvirt/storagePools.ts';
import type { KnownRbdPool } from '../../../rules/hostKnowledge.ts';
import { facts, heading, plain, tooltip } from '../tooltip.ts';

export interface DescribedPool {
  readonly name: string;
  readonly uuid: string;
  /** State and more, as the row has it. */
  readonly description: string;
  /** libvirt's word; undefined while the pool does not answer. */
  readonly type: string | undefined;
  /** undefined unless the pool is of type rbd. */
  readonly rbd: KnownRbdPool | undefined;
  /** undefined while it has not been read, or cannot be. */
  readonly info: PoolInfo | undefined;
  readonly isActive: boolean;
}

/** What a pool is and what its numbers mean. */
export async function poolTooltip(pool: DescribedPool): Promise<vscode.MarkdownString> {
  const { poolKind } = await import('../../../operations/pools/poolKinds.ts');
  const { formatServers } = await import('../../../operations/pools/rbd/monitorList.ts');
  const { name, uuid, type, rbd, isActive } = pool;
  const isRead = isActive && pool.info !== undefined && pool.info.capacity > 0;
  const info = isRead ? pool.info : undefined;
  return tooltip(
    heading(t('Storage pool {0}', name)),
    plain(pool.description),
    facts([
      [t('Type'), type === undefined ? undefined : poolKind(type).label],
      [t('Ceph pool'), rbd?.cephPool],
      [t('Ceph user'), rbd?.auth?.username],
      [t('Monitors'), rbd && formatServers(rbd.hosts)],
      [t('Capacity'), info && formatBytes(info.capacity)],
      [t('Allocated'), info && formatBytes(info.allocation)],
      [t('Available'), info && formatBytes(info.available)],
      [t('UUID'), uuid],
    ]),
    info ? meaningOfSizes(type) : isActive ? unreadSizes(type) : undefined,
  );
}

function unreadSizes(type: string | undefined): string | undefined {
  return type === 'rbd' ? plain(t('libvirt has not read its sizes yet: refresh the pool.')) : undefined;
}

/** Of what the sizes are, where that is not the pool alone. */
function meaningOfSizes(type: string | undefined): string | undefined {
  switch (type) {
    case 'rbd':
      return plain(
        t(
          'Capacity and available space are raw space of the whole Ceph cluster, of which every copy takes its share; allocated is what the Ceph pool holds. As of the last refresh.',
        ),
      );
    case 'dir':
    case 'fs':
    case 'netfs':
    case 'vstorage':
      return plain(
        t(
          'All of these are those of the file system that the folder is on, with whatever else it holds. As of the last refresh.',
        ),
      );
    case 'logical':
      return plain(t('These are those of the volume group, with logical volumes that are not libvirt’s.'));
    case 'disk':
      return plain(t('Allocated is what partitions take, whatever is in them.'));
    default:
      return undefined;
  }
}
