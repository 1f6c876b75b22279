import { t } from '../../base/l10n.ts';
import type { PoolType } from './newPool.ts';

/** What `buildPool` makes, or `deletePool` takes away; undefined where libvirt has nothing to do. */
export type PoolGround = 'folder' | 'filesystem' | 'partitions' | 'volumeGroup' | 'zpool';

export interface PoolKind {
  readonly label: string;
  /** What it is for, one sentence. */
  readonly detail: string;
  readonly builds: PoolGround | undefined;
  readonly deletes: PoolGround | undefined;
}

/** A type of pools in words. Types that this does not know are called by libvirt's word. */
export function poolKind(type: string): PoolKind {
  const known: Readonly<Partial<Record<string, PoolKind>>> = kinds();
  return known[type] ?? { label: type, detail: '', builds: undefined, deletes: undefined };
}

function kinds(): Readonly<Record<PoolType, PoolKind>> {
  return {
    dir: {
      label: t('Folder'),
      detail: t('Image files in a folder of the host, qcow2 or raw.'),
      builds: 'folder',
      deletes: 'folder',
    },
    rbd: {
      label: 'Ceph RBD',
      detail: t('Images in a pool of a Ceph cluster, for every host that reaches its monitors.'),
      builds: undefined,
      deletes: undefined,
    },
    netfs: {
      label: t('Network File System'),
      detail: t('Image files on an NFS, CIFS or GlusterFS server; the host mounts it.'),
      builds: 'folder',
      deletes: 'folder',
    },
    logical: {
      label: t('LVM Volume Group'),
      detail: t('Logical volumes of a volume group that exists or is made of block devices.'),
      builds: 'volumeGroup',
      deletes: 'volumeGroup',
    },
    fs: {
      label: t('File System on a Block Device'),
      detail: t('Image files on a partition or disk that the host mounts, or formats first.'),
      builds: 'filesystem',
      deletes: 'folder',
    },
    disk: {
      label: t('Whole Disk'),
      detail: t('Partitions of a disk, one a volume.'),
      builds: 'partitions',
      deletes: 'partitions',
    },
    iscsi: {
      label: 'iSCSI',
      detail: t('LUNs of an iSCSI target; the host logs in to it.'),
      builds: undefined,
      deletes: undefined,
    },
    'iscsi-direct': {
      label: t('iSCSI, by QEMU Itself'),
      detail: t('LUNs of an iSCSI target that QEMU opens without the host logging in.'),
      builds: undefined,
      deletes: undefined,
    },
    scsi: {
      label: t('SCSI Host Adapter'),
      detail: t('Disks behind a host bus adapter, SAS or Fibre Channel.'),
      builds: undefined,
      deletes: undefined,
    },
    mpath: {
      label: 'Multipath',
      detail: t('Multipath devices of the host; one such pool for all of them.'),
      builds: undefined,
      deletes: undefined,
    },
    gluster: {
      label: 'Gluster',
      detail: t('Files of a Gluster volume that QEMU opens without the host mounting it.'),
      builds: undefined,
      deletes: undefined,
    },
    zfs: {
      label: 'ZFS',
      detail: t('ZFS volumes of a zpool.'),
      builds: 'zpool',
      deletes: 'zpool',
    },
    vstorage: {
      label: 'Virtuozzo Storage',
      detail: t('Image files in a Virtuozzo Storage cluster that the host mounts.'),
      builds: 'folder',
      deletes: 'folder',
    },
  };
}

/** Which package of Debian and of Fedora brings the backend of a type; undefined where neither has it. */
export function backendPackage(type: string): string | undefined {
  switch (type) {
    case 'dir':
    case 'fs':
    case 'netfs':
      return 'libvirt-daemon-driver-storage-core';
    case 'vstorage':
    case 'sheepdog':
      return undefined;
    default:
      return `libvirt-daemon-driver-storage-${type}`;
  }
}
