import { array, bool, flags, i32, optional, quantity, string, u32, uuid } from '../wire/xdrTypes.ts';
import { storageProcedure } from './procedure.ts';
import { poolRef, volumeRef } from './refs.ts';

const pool = poolRef;

/*
 * All of these are slow: while one pool is started or refreshed, libvirt holds its lock, and answers neither questions
 * about that pool nor for lists of pools. With RBD and silent monitors that lasts 30 seconds.
 */

export const connectListAllStoragePools = storageProcedure(
  281,
  { needResults: bool, flags },
  { pools: array(poolRef), count: u32 },
);
export const storagePoolLookupByName = storageProcedure(84, { name: string }, { pool });
export const storagePoolLookupByUuid = storageProcedure(85, { uuid }, { pool });
export const storagePoolLookupByVolume = storageProcedure(86, { volume: volumeRef }, { pool });
/** `state` is one of {@link PoolState}; sizes in bytes. */
export const storagePoolGetInfo = storageProcedure(
  87,
  { pool },
  { state: i32, capacity: quantity, allocation: quantity, available: quantity },
);
export const storagePoolGetXmlDesc = storageProcedure(88, { pool, flags }, { xml: string });
export const storagePoolGetAutostart = storageProcedure(89, { pool }, { autostart: bool });
export const storagePoolSetAutostart = storageProcedure(90, { pool, autostart: bool });
export const storagePoolIsActive = storageProcedure(154, { pool }, { active: bool });
export const storagePoolIsPersistent = storageProcedure(155, { pool }, { persistent: bool });
export const storagePoolDefineXml = storageProcedure(77, { xml: string, flags }, { pool });
export const storagePoolCreateXml = storageProcedure(76, { xml: string, flags }, { pool });
export const storagePoolCreate = storageProcedure(78, { pool, flags });
export const storagePoolBuild = storageProcedure(79, { pool, flags });
export const storagePoolDestroy = storageProcedure(80, { pool });
export const storagePoolDelete = storageProcedure(81, { pool, flags });
export const storagePoolUndefine = storageProcedure(82, { pool });
export const storagePoolRefresh = storageProcedure(83, { pool, flags });
export const connectFindStoragePoolSources = storageProcedure(
  75,
  { type: string, sourceSpec: optional(string), flags },
  { xml: string },
);
export const storagePoolListAllVolumes = storageProcedure(
  282,
  { pool, needResults: bool, flags },
  { volumes: array(volumeRef), count: u32 },
);

/** virStoragePoolState of libvirt-storage.h. */
export const PoolState = { inactive: 0, building: 1, running: 2, degraded: 3, inaccessible: 4 } as const;

/** virConnectListAllStoragePoolsFlags of libvirt-storage.h. */
export const ListPools = {
  inactive: 1 << 0,
  active: 1 << 1,
  persistent: 1 << 2,
  transient: 1 << 3,
  autostart: 1 << 4,
  noAutostart: 1 << 5,
  dir: 1 << 6,
  fs: 1 << 7,
  netfs: 1 << 8,
  logical: 1 << 9,
  disk: 1 << 10,
  iscsi: 1 << 11,
  scsi: 1 << 12,
  mpath: 1 << 13,
  rbd: 1 << 14,
  sheepdog: 1 << 15,
  gluster: 1 << 16,
  zfs: 1 << 17,
  vstorage: 1 << 18,
  iscsiDirect: 1 << 19,
} as const;

/** virStorageXMLFlags of libvirt-storage.h. */
export const PoolXml = { inactive: 1 } as const;

/** virStoragePoolDefineFlags of libvirt-storage.h, since libvirt 7.7. */
export const PoolDefine = { validate: 1 } as const;

/** virStoragePoolBuildFlags of libvirt-storage.h. */
export const PoolBuild = { new: 0, repair: 1, resize: 2, noOverwrite: 4, overwrite: 8 } as const;

/** virStoragePoolDeleteFlags of libvirt-storage.h. */
export const PoolDelete = { normal: 0, zeroed: 1 } as const;
