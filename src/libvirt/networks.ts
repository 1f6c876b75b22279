import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import * as protocol from './protocol/network.ts';
import type { NetworkRef } from './protocol/refs.ts';
import { type Defined, defineValidated } from './validation.ts';

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
