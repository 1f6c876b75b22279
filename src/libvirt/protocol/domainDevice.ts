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
export const domainSetBlockIoTune = guestProcedure(252, {
  domain,
  disk: string,
  params: typedParams(32),
  flags,
});
/** `count` 0 asks only how many there are. */
export const domainGetBlockIoTune = guestProcedure(
  253,
  { domain, disk: optional(string), count: i32, flags },
  { params: typedParams(32), count: i32 },
);

/** virDomainBlockJobType of libvirt-domain.h. */
export const BlockJobType = { unknown: 0, pull: 1, copy: 2, commit: 3, activeCommit: 4, backup: 5 } as const;

/** virDomainBlockResizeFlags of libvirt-domain.h. */
export const BlockResize = { bytes: 1 } as const;
