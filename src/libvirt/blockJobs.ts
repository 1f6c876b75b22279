import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import * as protocol from './protocol/domainDevice.ts';
import type { DomainRef } from './protocol/refs.ts';
import type { TypedParam } from './wire/typedParams.ts';

/** A job of QEMU on one disk. */
export interface BlockJob {
  /** One of `BlockJobType`. */
  readonly type: number;
  /** Bytes a second; 0 is no limit. */
  readonly bandwidth: number;
  /** How far it is, in a measure of its own. A mirror whose two numbers are equal may be switched over. */
  readonly current: number;
  readonly end: number;
}

export interface BlockJobOptions extends WaitOptions {
  /** Bytes a second; 0, the default, is no limit. */
  readonly bandwidth?: number | undefined;
}

/**
 * Copies a disk while the guest uses it; what the guest writes goes to both until the job is ended by
 * {@link pivotBlockJob} or {@link abortBlockJob}.
 * @param destination a `<disk>` with type, source and driver @param flags of `BlockCopy`
 */
export async function startBlockCopy(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  destination: string,
  flags: number,
  { bandwidth = 0, ...options }: BlockJobOptions = {},
): Promise<void> {
  const limit: TypedParam = { field: 'bandwidth', type: 'ullong', value: BigInt(bandwidth) };
  const params = bandwidth > 0 ? [limit] : [];
  const args = { domain, path: target, destinationXml: destination, params, flags };
  await connection.call(protocol.domainBlockCopy, args, options);
}

/** Which images of a chain are merged: `vda[1]`, or a path; left out, the one at that end. */
export interface CommitRange {
  readonly base?: string | undefined;
  readonly top?: string | undefined;
}

/** Writes what is in `top` and between into `base`. @param flags of `BlockCommit` */
export async function startBlockCommit(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  { base, top }: CommitRange,
  flags: number,
  { bandwidth = 0, ...options }: BlockJobOptions = {},
): Promise<void> {
  const args = {
    ...{ domain, disk: target, base, top, bandwidth },
    flags: flags | protocol.BlockCommit.bandwidthBytes,
  };
  await connection.call(protocol.domainBlockCommit, args, options);
}

/** Copies what is below into the disk's own image, down to `base` or, without one, all of it. */
export async function startBlockPull(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  base: string | undefined,
  { bandwidth = 0, ...options }: BlockJobOptions = {},
): Promise<void> {
  const flags = protocol.BlockPull.bandwidthBytes;
  if (base === undefined) {
    await connection.call(protocol.domainBlockPull, { domain, path: target, bandwidth, flags }, options);
  } else {
    await connection.call(
      protocol.domainBlockRebase,
      { domain, path: target, base, bandwidth, flags },
      options,
    );
  }
}

/** @returns undefined when no job runs on the disk */
export async function getBlockJob(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  options?: WaitOptions,
): Promise<BlockJob | undefined> {
  const args = { domain, path: target, flags: protocol.BlockJobInfo.bandwidthBytes };
  const { found, ...job } = await connection.call(protocol.domainGetBlockJobInfo, args, options);
  return found === 0 ? undefined : job;
}

/** Ends the job: the disk stays as it was before. Of a copy or commit that is done, both images then hold the same. */
export async function abortBlockJob(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainBlockJobAbort, { domain, path: target, flags: 0 }, options);
}

/** Switches the disk over to the copy, or to the image that was committed into. */
export async function pivotBlockJob(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  options?: WaitOptions,
): Promise<void> {
  const args = { domain, path: target, flags: protocol.BlockJobAbort.pivot };
  await connection.call(protocol.domainBlockJobAbort, args, options);
}

/** @param bandwidth in bytes a second; 0 is no limit */
export async function setBlockJobSpeed(
  connection: LibvirtConnection,
  domain: DomainRef,
  target: string,
  bandwidth: number,
  options?: WaitOptions,
): Promise<void> {
  const args = { domain, path: target, bandwidth, flags: protocol.BlockJobSpeed.bandwidthBytes };
  await connection.call(protocol.domainBlockJobSetSpeed, args, options);
}
