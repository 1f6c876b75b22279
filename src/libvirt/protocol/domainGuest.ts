import { array, flags, i32, i64, optional, quantity, string, struct, u32 } from '../wire/xdrTypes.ts';
import { typedParams } from '../wire/typedParams.ts';
import { guestProcedure } from './procedure.ts';
import { domainRef } from './refs.ts';

const domain = domainRef;

/** `type` 0 IPv4, 1 IPv6. */
const ipAddress = struct({ type: i32, address: string, prefix: u32 });
const guestInterface = struct({
  name: string,
  hardwareAddress: optional(string),
  addresses: array(ipAddress, 2048),
});
const guestFilesystem = struct({
  mountpoint: string,
  name: string,
  type: string,
  deviceAliases: array(string, 256),
});

export const domainInterfaceAddresses = guestProcedure(
  353,
  { domain, source: u32, flags },
  { interfaces: array(guestInterface, 2048) },
);
export const domainGetGuestInfo = guestProcedure(
  418,
  { domain, types: u32, flags },
  { params: typedParams(2048) },
);
export const domainGetFsInfo = guestProcedure(
  349,
  { domain, flags },
  { filesystems: array(guestFilesystem, 256), count: u32 },
);
export const domainFsFreeze = guestProcedure(
  335,
  { domain, mountpoints: array(string, 256), flags },
  { filesystems: i32 },
);
export const domainFsThaw = guestProcedure(
  336,
  { domain, mountpoints: array(string, 256), flags },
  { filesystems: i32 },
);
export const domainFsTrim = guestProcedure(294, {
  domain,
  mountpoint: optional(string),
  minimum: quantity,
  flags,
});
export const domainSetUserPassword = guestProcedure(357, {
  domain,
  user: optional(string),
  password: optional(string),
  flags,
});
export const domainGetTime = guestProcedure(337, { domain, flags }, { seconds: i64, nanoseconds: u32 });
export const domainSetTime = guestProcedure(338, { domain, seconds: i64, nanoseconds: u32, flags });

/** virDomainInterfaceAddressesSource of libvirt-domain.h. */
export const InterfaceAddressesSource = { lease: 0, agent: 1, arp: 2 } as const;

/** virDomainGuestInfoTypes of libvirt-domain.h. */
export const GuestInfo = {
  users: 1,
  os: 2,
  timezone: 4,
  hostname: 8,
  filesystem: 16,
  disks: 32,
  interfaces: 64,
} as const;
