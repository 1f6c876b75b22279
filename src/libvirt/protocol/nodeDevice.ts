import { array, bool, flags, optional, string, u32 } from '../wire/xdrTypes.ts';
import { procedure, guestProcedure } from './procedure.ts';
import { nodeDeviceRef } from './refs.ts';

export const connectListAllNodeDevices = procedure(
  285,
  { needResults: bool, flags },
  { devices: array(nodeDeviceRef), count: u32 },
);
export const nodeDeviceLookupByName = procedure(113, { name: string }, { device: nodeDeviceRef });
export const nodeDeviceGetXmlDesc = procedure(114, { name: string, flags }, { xml: string });
export const nodeDeviceDetachFlags = guestProcedure(301, { name: string, driver: optional(string), flags });
export const nodeDeviceReAttach = guestProcedure(119, { name: string });
export const nodeDeviceReset = guestProcedure(120, { name: string });
export const nodeDeviceCreate = guestProcedure(430, { name: string, flags });
export const nodeDeviceDestroy = guestProcedure(124, { name: string });

/** virConnectListAllNodeDeviceFlags of libvirt-nodedev.h. */
export const ListNodeDevices = {
  capSystem: 1 << 0,
  capPciDevice: 1 << 1,
  capUsbDevice: 1 << 2,
  capUsbInterface: 1 << 3,
  capNet: 1 << 4,
  capScsiHost: 1 << 5,
  capScsiTarget: 1 << 6,
  capScsi: 1 << 7,
  capStorage: 1 << 8,
  capFcHost: 1 << 9,
  capVports: 1 << 10,
  capScsiGeneric: 1 << 11,
  capDrm: 1 << 12,
  capMdevTypes: 1 << 13,
  capMdev: 1 << 14,
} as const;
