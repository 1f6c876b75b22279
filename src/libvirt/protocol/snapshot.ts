import { array, bool, flags, i32, optional, string } from '../wire/xdrTypes.ts';
import { procedure, guestProcedure } from './procedure.ts';
import { checkpointRef, domainRef, snapshotRef } from './refs.ts';

const domain = domainRef;
const snapshot = snapshotRef;
const checkpoint = checkpointRef;

export const domainListAllSnapshots = procedure(
  274,
  { domain, needResults: bool, flags },
  { snapshots: array(snapshotRef), count: i32 },
);
export const domainSnapshotCreateXml = guestProcedure(185, { domain, xml: string, flags }, { snapshot });
export const domainSnapshotGetXmlDesc = procedure(186, { snapshot, flags }, { xml: string });
export const domainSnapshotLookupByName = procedure(189, { domain, name: string, flags }, { snapshot });
export const domainSnapshotCurrent = procedure(191, { domain, flags }, { snapshot });
export const domainHasCurrentSnapshot = procedure(190, { domain, flags }, { result: bool });
export const domainRevertToSnapshot = guestProcedure(192, { snapshot, flags });
export const domainSnapshotDelete = guestProcedure(193, { snapshot, flags });

export const domainListAllCheckpoints = procedure(
  413,
  { domain, needResults: bool, flags },
  { checkpoints: array(checkpointRef), count: i32 },
);
export const domainCheckpointCreateXml = guestProcedure(411, { domain, xml: string, flags }, { checkpoint });
export const domainCheckpointGetXmlDesc = guestProcedure(412, { checkpoint, flags }, { xml: string });
export const domainCheckpointDelete = guestProcedure(417, { checkpoint, flags });

export const domainBackupBegin = guestProcedure(421, {
  domain,
  backupXml: string,
  checkpointXml: optional(string),
  flags,
});
export const domainBackupGetXmlDesc = procedure(422, { domain, flags }, { xml: string });

/** virDomainSnapshotCreateFlags of libvirt-domain-snapshot.h. */
export const SnapshotCreate = {
  redefine: 1,
  current: 2,
  noMetadata: 4,
  halt: 8,
  diskOnly: 16,
  reuseExternal: 32,
  quiesce: 64,
  atomic: 128,
  live: 256,
  validate: 512,
} as const;

/** virDomainSnapshotXMLFlags of libvirt-domain-snapshot.h. */
export const SnapshotXml = { secure: 1 } as const;

/** virDomainSnapshotDeleteFlags of libvirt-domain-snapshot.h. */
export const SnapshotDelete = { children: 1, metadataOnly: 2, childrenOnly: 4 } as const;

/** virDomainSnapshotRevertFlags of libvirt-domain-snapshot.h. */
export const SnapshotRevert = { running: 1, paused: 2, force: 4, resetNvram: 8 } as const;

/** virDomainSnapshotListFlags of libvirt-domain-snapshot.h. */
export const ListSnapshots = {
  roots: 1,
  metadata: 2,
  leaves: 4,
  noLeaves: 8,
  noMetadata: 16,
  inactive: 32,
  active: 64,
  diskOnly: 128,
  internal: 256,
  external: 512,
  topological: 1024,
} as const;
