import { flags, i32, quantity, string, u32 } from '../wire/xdrTypes.ts';
import { storageProcedure, streamProcedure } from './procedure.ts';
import { poolRef, volumeRef } from './refs.ts';

const pool = poolRef;
const volume = volumeRef;

export const storageVolLookupByName = storageProcedure(95, { pool, name: string }, { volume });
export const storageVolLookupByKey = storageProcedure(96, { key: string }, { volume });
export const storageVolLookupByPath = storageProcedure(97, { path: string }, { volume });
/** `type` is one of {@link VolumeType}; sizes in bytes. The daemon opens the image: slow where storage hangs. */
export const storageVolGetInfo = storageProcedure(
  98,
  { volume },
  { type: i32, capacity: quantity, allocation: quantity },
);
/** Since libvirt 3.0, and not in all drivers. */
export const storageVolGetInfoFlags = storageProcedure(
  378,
  { volume, flags },
  { type: i32, capacity: quantity, allocation: quantity },
);
export const storageVolGetXmlDesc = storageProcedure(99, { volume, flags }, { xml: string });
export const storageVolGetPath = storageProcedure(100, { volume }, { path: string });
export const storageVolCreateXml = storageProcedure(93, { pool, xml: string, flags }, { volume });
export const storageVolCreateXmlFrom = storageProcedure(
  125,
  { pool, xml: string, source: volumeRef, flags },
  { volume },
);
export const storageVolResize = storageProcedure(260, { volume, capacity: quantity, flags });
export const storageVolWipePattern = storageProcedure(259, { volume, algorithm: u32, flags });
export const storageVolDelete = storageProcedure(94, { volume, flags });
export const storageVolUpload = streamProcedure(208, 'upload', 'storage', {
  volume,
  offset: quantity,
  length: quantity,
  flags,
});
export const storageVolDownload = streamProcedure(209, 'download', 'storage', {
  volume,
  offset: quantity,
  length: quantity,
  flags,
});

/** virStorageVolType of libvirt-storage.h. */
export const VolumeType = { file: 0, block: 1, dir: 2, network: 3, netdir: 4, ploop: 5 } as const;

/** virStorageVolInfoFlags of libvirt-storage.h: with `physical`, allocation is the size of the file. */
export const VolumeInfoFlag = { useAllocation: 0, physical: 1 } as const;

/** virStorageVolCreateFlags of libvirt-storage.h. */
export const VolumeCreate = { preallocMetadata: 1, reflink: 2, validate: 4 } as const;

/** virStorageVolDeleteFlags of libvirt-storage.h. */
export const VolumeDelete = { normal: 0, zeroed: 1, withSnapshots: 2 } as const;

/** virStorageVolResizeFlags of libvirt-storage.h. */
export const VolumeResize = { allocate: 1, delta: 2, shrink: 4 } as const;

/** virStorageVolUploadFlags and virStorageVolDownloadFlags of libvirt-storage.h. */
export const VolumeStream = { sparse: 1 } as const;

/** virStorageVolWipeAlgorithm of libvirt-storage.h. */
export const VolumeWipe = {
  zero: 0,
  nnsa: 1,
  dod: 2,
  bsi: 3,
  gutmann: 4,
  schneier: 5,
  pfitzner7: 6,
  pfitzner33: 7,
  random: 8,
  trim: 9,
} as const;
