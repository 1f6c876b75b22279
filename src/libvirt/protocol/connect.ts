import { array, bool, flags, i32, optional, quantity, string } from '../wire/xdrTypes.ts';
import { procedure, guestProcedure } from './procedure.ts';

export const authList = procedure(66, {}, { types: array(i32, 20) });
export const authPolkit = guestProcedure(70, {}, { complete: bool });
/** Flag 1, VIR_CONNECT_RO, opens read-only. */
export const connectOpen = procedure(1, { uri: optional(string), flags });
export const connectClose = procedure(2, {});
export const connectSupportsFeature = procedure(60, { feature: i32 }, { supported: bool });
export const connectRegisterCloseCallback = procedure(360, {});

export const connectGetType = procedure(3, {}, { type: string });
export const connectGetVersion = procedure(4, {}, { version: quantity });
export const connectGetLibVersion = procedure(157, {}, { version: quantity });
export const connectGetHostname = procedure(59, {}, { hostname: string });
export const connectGetUri = procedure(110, {}, { uri: string });
export const connectGetCapabilities = procedure(7, {}, { capabilities: string });
export const connectGetDomainCapabilities = procedure(
  342,
  {
    emulator: optional(string),
    arch: optional(string),
    machine: optional(string),
    virtType: optional(string),
    flags,
  },
  { capabilities: string },
);
export const connectGetStoragePoolCapabilities = procedure(403, { flags }, { capabilities: string });
export const connectGetSysinfo = procedure(203, { flags }, { sysinfo: string });
export const connectGetCpuModelNames = procedure(
  312,
  { arch: string, needResults: bool, flags },
  { models: array(string, 8192), count: i32 },
);
export const connectDomainXmlFromNative = guestProcedure(
  135,
  { format: string, config: string, flags },
  { xml: string },
);
export const connectDomainXmlToNative = guestProcedure(
  136,
  { format: string, xml: string, flags },
  { config: string },
);

/** remote_auth_type of remote_protocol.x. */
export const AuthType = { none: 0, sasl: 1, polkit: 2 } as const;

/** VIR_DRV_FEATURE_* of libvirt's src/libvirt_internal.h, as far as a client asks. */
export const DriverFeature = { programKeepalive: 10, networkUpdateInOrder: 16 } as const;
