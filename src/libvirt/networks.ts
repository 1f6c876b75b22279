import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { connectSupportsFeature, DriverFeature } from './protocol/connect.ts';
import * as protocol from './protocol/network.ts';
import type { NetworkPortRef, NetworkRef } from './protocol/refs.ts';
import { type Defined, defineValidated } from './validation.ts';
import type { ValueOf } from './wire/xdrTypes.ts';

/** @param filter flags of `ListNetworks`; none lists all */
export async function listNetworks(
  connection: LibvirtConnection,
  filter = 0,
  options?: WaitOptions,
): Promise<readonly NetworkRef[]> {
  const args = { needResults: true, flags: filter };
  return (await connection.call(protocol.connectListAllNetworks, args, options)).networks;
}

export async function lookupNetworkByName(
  connection: LibvirtConnection,
  name: string,
  options?: WaitOptions,
): Promise<NetworkRef> {
  return (await connection.call(protocol.networkLookupByName, { name }, options)).network;
}

export interface NetworkXmlOptions extends WaitOptions {
  /** What the next start will use, instead of what runs. Default false. */
  readonly inactive?: boolean | undefined;
}

export async function getNetworkXml(
  connection: LibvirtConnection,
  network: NetworkRef,
  options: NetworkXmlOptions = {},
): Promise<string> {
  const flags = options.inactive === true ? protocol.NetworkXml.inactive : 0;
  return (await connection.call(protocol.networkGetXmlDesc, { network, flags }, options)).xml;
}

/** Defines or redefines, checked by the daemon's schema where the daemon can (libvirt 7.7). */
export async function defineNetwork(
  connection: LibvirtConnection,
  xml: string,
  options?: WaitOptions,
): Promise<Defined<NetworkRef>> {
  const flags = protocol.NetworkDefine.validate;
  return defineValidated(
    async () => (await connection.call(protocol.networkDefineXmlFlags, { xml, flags }, options)).network,
    async () => (await connection.call(protocol.networkDefineXml, { xml }, options)).network,
  );
}

export async function undefineNetwork(
  connection: LibvirtConnection,
  network: NetworkRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.networkUndefine, { network }, options);
}

export async function startNetwork(
  connection: LibvirtConnection,
  network: NetworkRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.networkCreate, { network }, options);
}

/** Guests on it lose their connection. */
export async function stopNetwork(
  connection: LibvirtConnection,
  network: NetworkRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.networkDestroy, { network }, options);
}

export async function getNetworkAutostart(
  connection: LibvirtConnection,
  network: NetworkRef,
  options?: WaitOptions,
): Promise<boolean> {
  return (await connection.call(protocol.networkGetAutostart, { network }, options)).autostart;
}

export async function setNetworkAutostart(
  connection: LibvirtConnection,
  network: NetworkRef,
  autostart: boolean,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.networkSetAutostart, { network, autostart }, options);
}

export interface NetworkChange {
  /** One of `NetworkUpdateCommand`. */
  readonly command: number;
  /** One of `NetworkUpdateSection`. */
  readonly section: number;
  /** Which `<ip>` of the network it belongs to, from 0; -1 where that does not matter. */
  readonly parentIndex: number;
  /** The element that is added, changed or removed. */
  readonly xml: string;
}

/** @param flags of `NetworkUpdate`: what runs, the definition, or both; none: what runs, or else the definition */
export async function updateNetwork(
  connection: LibvirtConnection,
  network: NetworkRef,
  { command, section, parentIndex, xml }: NetworkChange,
  flags: number,
  options?: WaitOptions,
): Promise<void> {
  const feature = { feature: DriverFeature.networkUpdateInOrder };
  const { supported } = await connection.call(connectSupportsFeature, feature, options);
  const order = supported ? { command, section } : { command: section, section: command };
  await connection.call(protocol.networkUpdate, { network, ...order, parentIndex, xml, flags }, options);
}

/** What the network's DHCP server has given out. `type` is 0 for IPv4 and 1 for IPv6. */
export type DhcpLease = ValueOf<typeof protocol.dhcpLease>;

export async function listDhcpLeases(
  connection: LibvirtConnection,
  network: NetworkRef,
  options?: WaitOptions,
): Promise<readonly DhcpLease[]> {
  const args = { network, mac: undefined, needResults: true, flags: 0 };
  return (await connection.call(protocol.networkGetDhcpLeases, args, options)).leases;
}

/** The interfaces of running domains that are in the network. Since libvirt 5.5. */
export async function listNetworkPorts(
  connection: LibvirtConnection,
  network: NetworkRef,
  options?: WaitOptions,
): Promise<readonly NetworkPortRef[]> {
  const args = { network, needResults: true, flags: 0 };
  return (await connection.call(protocol.networkListAllPorts, args, options)).ports;
}

export async function getNetworkPortXml(
  connection: LibvirtConnection,
  port: NetworkPortRef,
  options?: WaitOptions,
): Promise<string> {
  return (await connection.call(protocol.networkPortGetXmlDesc, { port, flags: 0 }, options)).xml;
}
