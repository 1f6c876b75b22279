import type { WaitOptions } from '../../../base/waiting.ts';
import { isLibvirtError } from '../../../libvirt/errors.ts';
import type { LibvirtConnection } from '../../../libvirt/connection.ts';
import { hasManagedSave } from '../../../libvirt/domainSaving.ts';
import { readDisk, type DomainDisk } from '../../../libvirt/model/disk.ts';
import { parseXml } from '../../../libvirt/model/element.ts';
import { getLibvirtVersion } from '../../../libvirt/node.ts';
import { DomainUndefine } from '../../../libvirt/protocol/domainFlags.ts';
import { ErrorCode } from '../../../libvirt/protocol/errorCodes.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import { domainListAllCheckpoints } from '../../../libvirt/protocol/snapshot.ts';
import { listSnapshots } from '../../../libvirt/snapshots.ts';

/** What libvirt keeps of a domain beside its definition, and the disks that the definition names. */
export interface DomainRemains {
  readonly managedSave: boolean;
  /** Of which libvirt has records. */
  readonly snapshots: number;
  readonly checkpoints: number;
  /** It has a file of UEFI variables. */
  readonly nvram: boolean;
  /** It has an emulated TPM whose state this libvirt can keep or delete as told. */
  readonly tpm: boolean;
  readonly disks: readonly DomainDisk[];
}

/** VIR_DOMAIN_UNDEFINE_TPM and KEEP_TPM. */
const tpmSince = 8_009_000;

/** @param definition what the next start uses */
export async function readRemains(
  connection: LibvirtConnection,
  domain: DomainRef,
  definition: string,
  options?: WaitOptions,
): Promise<DomainRemains> {
  const [root, managedSave, snapshots, checkpoints, version] = await Promise.all([
    parseXml(definition),
    hasManagedSave(connection, domain, options),
    listSnapshots(connection, domain, 0, options),
    countCheckpoints(connection, domain, options),
    getLibvirtVersion(connection, options),
  ]);
  const os = root.child('os');
  const devices = root.child('devices');
  return {
    managedSave,
    snapshots: snapshots.length,
    checkpoints,
    nvram: os?.child('nvram') !== undefined || os?.attribute('firmware') === 'efi',
    tpm:
      version >= tpmSince &&
      (devices?.children('tpm') ?? []).some((tpm) => tpm.child('backend')?.attribute('type') === 'emulator'),
    disks: (devices?.children('disk') ?? []).map(readDisk),
  };
}

async function countCheckpoints(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<number> {
  try {
    const args = { domain, needResults: true, flags: 0 };
    return (await connection.call(domainListAllCheckpoints, args, options)).checkpoints.length;
  } catch (error) {
    if (isLibvirtError(error, ErrorCode.noSupport)) return 0;
    throw error;
  }
}

/** Which of the state that need not go with the definition goes. */
export interface DroppedState {
  readonly nvram: boolean;
  readonly tpm: boolean;
}

/** Flags of `DomainUndefine`: libvirt undefines nothing while there is a saved state or a record that it is to keep. */
export function undefineFlags(remains: DomainRemains, dropped: DroppedState): number {
  const { managedSave, snapshotsMetadata, checkpointsMetadata, nvram, keepNvram, tpm, keepTpm } =
    DomainUndefine;
  return [
    remains.managedSave ? managedSave : 0,
    remains.snapshots > 0 ? snapshotsMetadata : 0,
    remains.checkpoints > 0 ? checkpointsMetadata : 0,
    remains.nvram ? (dropped.nvram ? nvram : keepNvram) : 0,
    remains.tpm ? (dropped.tpm ? tpm : keepTpm) : 0,
  ].reduce<number>((all, flag) => all | flag, 0);
}
