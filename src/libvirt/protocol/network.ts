import { array, bool, flags, i32, i64, optional, string, struct, u32 } from '../wire/xdrTypes.ts';
import { procedure, guestProcedure } from './procedure.ts';
import { interfaceRef, networkPortRef, networkRef, nwfilterRef } from './refs.ts';

export const connectListAllNetworks = procedure(
  283,
  { needResults: bool, flags },
  { networks: array(networkRef), count: u32 },
);
export const networkLookupByName = procedure(46, { name: string }, { network: networkRef });
export const networkGetXmlDesc = procedure(43, { network: networkRef, flags }, { xml: string });
export const networkGetAutostart = procedure(44, { network: networkRef }, { autostart: bool });
export const networkSetAutostart = procedure(48, { network: networkRef, autostart: bool });
export const networkIsActive = procedure(152, { network: networkRef }, { active: bool });
/** Since libvirt 7.7; {@link networkDefineXml} before. */
export const networkDefineXmlFlags = procedure(432, { xml: string, flags }, { network: networkRef });
export const networkDefineXml = procedure(41, { xml: string }, { network: networkRef });
export const networkCreate = guestProcedure(39, { network: networkRef });
export const networkDestroy = procedure(42, { network: networkRef });
export const networkUndefine = procedure(49, { network: networkRef });
/** Before libvirt 7.2 `command` and `section` change places, see `updateNetwork()`. */
export const networkUpdate = procedure(291, {
  network: networkRef,
  command: u32,
  section: u32,
  parentIndex: i32,
  xml: string,
  flags,
});

/** Who is plugged in, since libvirt 5.5. */
export const networkListAllPorts = procedure(
  404,
  { network: networkRef, needResults: bool, flags },
  { ports: array(networkPortRef), count: u32 },
);
export const networkPortGetXmlDesc = procedure(409, { port: networkPortRef, flags }, { xml: string });

/** `expiryTime` in seconds since 1970, `type` 0 IPv4 and 1 IPv6. */
export const dhcpLease = struct({
  interface: string,
  expiryTime: i64,
  type: i32,
  mac: optional(string),
  iaid: optional(string),
  address: string,
  prefix: u32,
  hostname: optional(string),
  clientId: optional(string),
});
export const networkGetDhcpLeases = procedure(
  341,
  { network: networkRef, mac: optional(string), needResults: bool, flags },
  { leases: array(dhcpLease), count: u32 },
);

export const connectListAllInterfaces = procedure(
  284,
  { needResults: bool, flags },
  { interfaces: array(interfaceRef), count: u32 },
);
export const interfaceGetXmlDesc = procedure(130, { interface: interfaceRef, flags }, { xml: string });

export const connectListAllNwfilters = procedure(
  286,
  { needResults: bool, flags },
  { filters: array(nwfilterRef), count: u32 },
);
export const nwfilterGetXmlDesc = procedure(177, { filter: nwfilterRef, flags }, { xml: string });
export const nwfilterDefineXml = procedure(180, { xml: string }, { filter: nwfilterRef });
export const nwfilterUndefine = procedure(181, { filter: nwfilterRef });

/** virConnectListAllNetworksFlags of libvirt-network.h. */
export const ListNetworks = {
  inactive: 1,
  active: 2,
  persistent: 4,
  transient: 8,
  autostart: 16,
  noAutostart: 32,
} as const;

/** virNetworkXMLFlags of libvirt-network.h. */
export const NetworkXml = { inactive: 1 } as const;

/** virNetworkDefineFlags of libvirt-network.h. */
export const NetworkDefine = { validate: 1 } as const;

/** virNetworkUpdateFlags of libvirt-network.h. */
export const NetworkUpdate = { live: 1, config: 2 } as const;

/** virNetworkUpdateCommand of libvirt-network.h. */
export const NetworkUpdateCommand = { modify: 1, delete: 2, addLast: 3, addFirst: 4 } as const;

/** virNetworkUpdateSection of libvirt-network.h. */
export const NetworkUpdateSection = {
  bridge: 1,
  domain: 2,
  ip: 3,
  ipDhcpHost: 4,
  ipDhcpRange: 5,
  forward: 6,
  forwardInterface: 7,
  forwardPf: 8,
  portgroup: 9,
  dnsHost: 10,
  dnsTxt: 11,
  dnsSrv: 12,
} as const;
