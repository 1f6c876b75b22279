import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { isLibvirtError } from './errors.ts';
import { ErrorCode } from './protocol/errorCodes.ts';
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

export async function countSnapshots(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<number> {
  const args = { domain, needResults: false, flags: 0 };
  return (await connection.call(protocol.domainListAllSnapshots, args, options)).count;
}

export interface SnapshotXmlOptions extends WaitOptions {
  /** With the passwords of the domain's definition in it. Default false. */
  readonly secure?: boolean | undefined;
}

export async function getSnapshotXml(
  connection: LibvirtConnection,
  snapshot: SnapshotRef,
  options: SnapshotXmlOptions = {},
): Promise<string> {
  const flags = options.secure === true ? protocol.SnapshotXml.secure : 0;
  return (await connection.call(protocol.domainSnapshotGetXmlDesc, { snapshot, flags }, options)).xml;
}

/** Rejects with `ErrorCode.noDomainSnapshot` when there is none of the name. */
export async function lookupSnapshot(
  connection: LibvirtConnection,
  domain: DomainRef,
  name: string,
  options?: WaitOptions,
): Promise<SnapshotRef> {
  const args = { domain, name, flags: 0 };
  return (await connection.call(protocol.domainSnapshotLookupByName, args, options)).snapshot;
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

/**
 * Takes a snapshot, or with `SnapshotCreate.redefine` changes what libvirt keeps about one. The XML is checked by the
 * daemon's schema where the daemon can (libvirt 5.6).
 * @param flags of `SnapshotCreate`
 */
export async function createSnapshot(
  connection: LibvirtConnection,
  domain: DomainRef,
  xml: string,
  flags = 0,
  options?: WaitOptions,
): Promise<SnapshotRef> {
  const create = async (all: number): Promise<SnapshotRef> =>
    (await connection.call(protocol.domainSnapshotCreateXml, { domain, xml, flags: all }, options)).snapshot;
  try {
    return await create(flags | protocol.SnapshotCreate.validate);
  } catch (error) {
    // Refused as such, before anything was done.
    const isUnknownFlag =
      isLibvirtError(error, ErrorCode.invalidArgument) && (error.raw ?? '').includes('flag');
    if (!isUnknownFlag) throw error;
    return create(flags);
  }
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
