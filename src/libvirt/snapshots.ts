import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import type { DomainRef, SnapshotRef } from './protocol/refs.ts';
import * as protocol from './protocol/snapshot.ts';

/** @param filter flags of `ListSnapshots`; none lists all */
export async function listSnapshots(
  connection: LibvirtConnection,
  domain: DomainRef,
  filter = 0,
  options?: WaitOptions,
): Promise<readonly SnapshotRef[]> {
  const args = { domain, needResults: true, flags: filter };
  return (await connection.call(protocol.domainListAllSnapshots, args, options)).snapshots;
}

export async function getSnapshotXml(
  connection: LibvirtConnection,
  snapshot: SnapshotRef,
  options?: WaitOptions,
): Promise<string> {
  return (await connection.call(protocol.domainSnapshotGetXmlDesc, { snapshot, flags: 0 }, options)).xml;
}

/** The snapshot that the domain's current content descends from, or undefined. */
export async function currentSnapshot(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<SnapshotRef | undefined> {
  const args = { domain, flags: 0 };
  if (!(await connection.call(protocol.domainHasCurrentSnapshot, args, options)).result) return undefined;
  return (await connection.call(protocol.domainSnapshotCurrent, args, options)).snapshot;
}

/** @param flags of `SnapshotCreate` */
export async function createSnapshot(
  connection: LibvirtConnection,
  domain: DomainRef,
  xml: string,
  flags = 0,
  options?: WaitOptions,
): Promise<SnapshotRef> {
  return (await connection.call(protocol.domainSnapshotCreateXml, { domain, xml, flags }, options)).snapshot;
}

/** The domain's state and disks since the snapshot are lost. @param flags of `SnapshotRevert` */
export async function revertToSnapshot(
  connection: LibvirtConnection,
  snapshot: SnapshotRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainRevertToSnapshot, { snapshot, flags }, options);
}

/** @param flags of `SnapshotDelete` */
export async function deleteSnapshot(
  connection: LibvirtConnection,
  snapshot: SnapshotRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainSnapshotDelete, { snapshot, flags }, options);
}
