import { TimeoutError } from '../base/errors.ts';
import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { isLibvirtError } from './errors.ts';
import * as protocol from './protocol/domainGuest.ts';
import { ErrorCode } from './protocol/errorCodes.ts';
import type { DomainRef } from './protocol/refs.ts';

/** libvirt itself gives up a silent agent after 5 seconds. */
const pingMs = 8000;

/** What libvirt says of an agent that is not there, is not connected, does not answer, or has no such command. */
const silent = [
  ErrorCode.agentUnresponsive,
  ErrorCode.agentUnsynced,
  ErrorCode.argumentUnsupported,
  ErrorCode.operationUnsupported,
  ErrorCode.operationInvalid,
  ErrorCode.operationTimeout,
  ErrorCode.noSupport,
  ErrorCode.internalError,
];

/** Whether qemu-guest-agent answers in the guest of a running domain. At once where it does or is not connected. */
export async function guestAgentAnswers(
  connection: LibvirtConnection,
  domain: DomainRef,
  options: WaitOptions = {},
): Promise<boolean> {
  try {
    await connection.call(protocol.domainGetTime, { domain, flags: 0 }, { timeoutMs: pingMs, ...options });
    return true;
  } catch (error) {
    if (error instanceof TimeoutError || isLibvirtError(error, ...silent)) return false;
    throw error;
  }
}

/** A file system that is mounted in a guest. */
export interface GuestFilesystem {
  readonly mountpoint: string;
  /** `ext4` */
  readonly type: string;
  /** The targets of the disks that it lies on: `vda`. */
  readonly disks: readonly string[];
}

/** As the agent sees them. */
export async function listGuestFilesystems(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<readonly GuestFilesystem[]> {
  const { filesystems } = await connection.call(protocol.domainGetFsInfo, { domain, flags: 0 }, options);
  return filesystems.map(({ mountpoint, type, deviceAliases }) => ({
    mountpoint,
    type,
    disks: deviceAliases,
  }));
}

/**
 * Has the guest write out and hold all changes to its file systems. It stays so until it is thawed, even when nobody is
 * there any more: whoever freezes, thaws.
 * @returns how many file systems are frozen
 */
export async function freezeGuest(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<number> {
  const args = { domain, mountpoints: [], flags: 0 };
  return (await connection.call(protocol.domainFsFreeze, args, options)).filesystems;
}

/** @returns how many file systems were frozen until now */
export async function thawGuest(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<number> {
  const args = { domain, mountpoints: [], flags: 0 };
  return (await connection.call(protocol.domainFsThaw, args, options)).filesystems;
}
