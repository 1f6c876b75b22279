import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { isLibvirtError, type LibvirtError } from '../../libvirt/errors.ts';
import { isExternal } from '../../libvirt/model/snapshot.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import { SnapshotCreate, SnapshotDelete, SnapshotRevert } from '../../libvirt/protocol/snapshot.ts';
import { createSnapshot, deleteSnapshot, getSnapshotXml, revertToSnapshot } from '../../libvirt/snapshots.ts';
import { applyEdits, insertChildren } from '../../xml/edits.ts';
import { childNamed } from '../../xml/queries.ts';
import { scan } from '../../xml/scanner/scan.ts';
import { escapeXml } from '../../xml/writer.ts';
import { runDomainJob, type JobEnd, type JobOptions } from '../domains/domainJob.ts';
import { descendantsOf, type Snapshot } from './snapshotTree.ts';

/** What a domain is after a revert: as it was when the snapshot was taken, or as one says. */
export type StateAfter = 'asItWas' | 'running' | 'paused';

const stateFlags: Readonly<Record<StateAfter, number>> = {
  asItWas: 0,
  running: SnapshotRevert.running,
  paused: SnapshotRevert.paused,
};

export interface RevertOptions extends WaitOptions {
  readonly after: StateAfter;
  /** Also where libvirt calls it risky. */
  readonly force: boolean;
}

/** @returns `risky` with what libvirt says of the risk, where it wants to be forced; nothing is done then */
export async function revert(
  connection: LibvirtConnection,
  { ref }: Snapshot,
  { after, force, ...options }: RevertOptions,
): Promise<'done' | { readonly risky: string }> {
  const flags = stateFlags[after] | (force ? SnapshotRevert.force : 0);
  try {
    await revertToSnapshot(connection, ref, flags, options);
    return 'done';
  } catch (error) {
    if (isLibvirtError(error, ErrorCode.snapshotRevertRisky)) return { risky: error.raw ?? error.message };
    throw error;
  }
}

/**
 * Snapshots in files that build upon what the domain writes to once it is back at this one: libvirt lets it, and their
 * content is spoilt by that.
 */
export function spoiltByRevert(snapshot: Snapshot): readonly Snapshot[] {
  return isExternal(snapshot) ? [] : descendantsOf(snapshot).filter(isExternal);
}

export type DeleteScope =
  /** It alone; what builds upon it stays. */
  | 'one'
  | 'withChildren'
  /** libvirt forgets it; the disks and files are not touched. */
  | 'metadata';

const scopeFlags: Readonly<Record<DeleteScope, number>> = {
  one: 0,
  withChildren: SnapshotDelete.children,
  metadata: SnapshotDelete.metadataOnly,
};

/** What libvirt says of external snapshots that its version cannot delete, or whose files no longer fit. */
const cannotDelete = [ErrorCode.configUnsupported, ErrorCode.invalidArgument, ErrorCode.operationUnsupported];

/** Whether libvirt cannot delete the snapshot itself, so that only forgetting it is left. */
export function isUndeletable(error: unknown): error is LibvirtError {
  return isLibvirtError(error, ...cannotDelete);
}

export function remove(
  connection: LibvirtConnection,
  { ref }: Snapshot,
  scope: DeleteScope,
  options: JobOptions,
): Promise<JobEnd> {
  const call = (): Promise<void> => deleteSnapshot(connection, ref, scopeFlags[scope]);
  return runDomainJob(connection, ref.domain, call, options);
}

/** @param description '' removes it */
export async function describe(
  connection: LibvirtConnection,
  { ref, isCurrent }: Snapshot,
  description: string,
  options?: WaitOptions,
): Promise<void> {
  // Without its passwords, libvirt would forget those in the definition that the snapshot holds.
  const xml = await getSnapshotXml(connection, ref, { ...options, secure: true });
  const flags = SnapshotCreate.redefine | (isCurrent ? SnapshotCreate.current : 0);
  await createSnapshot(connection, ref.domain, withDescription(xml, description), flags, options);
}

/** The snapshot's document with another description. */
export function withDescription(xml: string, description: string): string {
  const document = scan(xml);
  const { root } = document;
  if (root?.localName !== 'domainsnapshot') throw new TypeError(t('libvirt sent no snapshot.'));
  const element = childNamed(root, 'description');
  if (element) {
    const newText = description === '' ? '' : `<description>${escapeXml(description)}</description>`;
    return applyEdits(xml, [{ range: element.range, newText }]);
  }
  if (description === '') return xml;
  const child = { name: 'description', text: description };
  return applyEdits(xml, [insertChildren(document, root, [child], { after: ['name'] })]);
}
