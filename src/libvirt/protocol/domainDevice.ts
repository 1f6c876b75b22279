import { flags, i32, optional, quantity, string } from '../wire/xdrTypes.ts';
import { typedParams } from '../wire/typedParams.ts';
import { guestProcedure } from './procedure.ts';
import { domainRef } from './refs.ts';

const domain = domainRef;

export const domainAttachDeviceFlags = guestProcedure(160, { domain, xml: string, flags });
export const domainDetachDeviceFlags = guestProcedure(161, { domain, xml: string, flags });
export const domainDetachDeviceAlias = guestProcedure(392, { domain, alias: string, flags });
export const domainUpdateDeviceFlags = guestProcedure(174, { domain, xml: string, flags });
/** In bytes. */
export const domainGetBlockInfo = guestProcedure(
  194,
  { domain, path: string, flags },
  { allocation: quantity, capacity: quantity, physical: quantity },
);
/** `size` in KiB, or in bytes with `BlockResize.bytes`. */
export const domainBlockResize = guestProcedure(251, { domain, disk: string, size: quantity, flags });
export const domainBlockCopy = guestProcedure(345, {
  domain,
  path: string,
  destinationXml: string,
  params: typedParams(16),
  flags,
});
/** `bandwidth` in MiB/s; 0 is no limit. */
export const domainBlockCommit = guestProcedure(290, {
  domain,
  disk: string,
  base: optional(string),
  top: optional(string),
  bandwidth: quantity,
  flags,
});
export const domainBlockPull = guestProcedure(240, { domain, path: string, bandwidth: quantity, flags });
export const domainBlockRebase = guestProcedure(266, {
  domain,
  path: string,
  base: optional(string),
  bandwidth: quantity,
  flags,
});
/** `found` is 1 while there is a job. */
export const domainGetBlockJobInfo = guestProcedure(
  238,
  { domain, path: string, flags },
  { found: i32, type: i32, bandwidth: quantity, current: quantity, end: quantity },
);
export const domainBlockJobAbort = guestProcedure(237, { domain, path: string, flags });
export const domainBlockJobSetSpeed = guestProcedure(239, {
  domain,
  path: string,
  bandwidth: quantity,
  flags,
});
/** REMOTE_DOMAIN_BLOCK_IO_TUNE_PARAMETERS_MAX of remote_protocol.x. */
export const BlockIoTune = { maxParams: 32 } as const;
export const domainSetBlockIoTune = guestProcedure(252, {
  domain,
  disk: string,
  params: typedParams(BlockIoTune.maxParams),
  flags,
});
/** `count` 0 asks only how many there are. */
export const domainGetBlockIoTune = guestProcedure(
  253,
  { domain, disk: optional(string), count: i32, flags },
  { params: typedParams(BlockIoTune.maxParams), count: i32 },
);
/** `device` is a MAC address or the name of the host's end. */
export const domainSetInterfaceParameters = guestProcedure(256, {
  domain,
  device: string,
  params: typedParams(16),
  flags,
});

/** virDomainBlockJobType of libvirt-domain.h. */
export const BlockJobType = { unknown: 0, pull: 1, copy: 2, commit: 3, activeCommit: 4, backup: 5 } as const;

/** virDomainBlockResizeFlags of libvirt-domain.h. */
export const BlockResize = { bytes: 1 } as const;

/** virDomainBlockCopyFlags of libvirt-domain.h. */
export const BlockCopy = { shallow: 1, reuseExternal: 2, transientJob: 4, synchronousWrites: 8 } as const;

/** virDomainBlockCommitFlags of libvirt-domain.h. */
export const BlockCommit = { shallow: 1, delete: 2, active: 4, relative: 8, bandwidthBytes: 16 } as const;

/** virDomainBlockPullFlags and virDomainBlockRebaseFlags of libvirt-domain.h. */
export const BlockPull = { bandwidthBytes: 64 } as const;

/** virDomainBlockJobAbortFlags of libvirt-domain.h. */
export const BlockJobAbort = { async: 1, pivot: 2 } as const;

/** virDomainBlockJobInfoFlags of libvirt-domain.h. */
export const BlockJobInfo = { bandwidthBytes: 1 } as const;

/** virDomainBlockJobSetSpeedFlags of libvirt-domain.h. */
export const BlockJobSpeed = { bandwidthBytes: 1 } as const;
