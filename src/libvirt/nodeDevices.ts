import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import * as protocol from './protocol/nodeDevice.ts';
import type { NodeDeviceRef } from './protocol/refs.ts';

/** @param filter flags of `ListNodeDevices`; none lists all */
export async function listNodeDevices(
  connection: LibvirtConnection,
  filter = 0,
  options?: WaitOptions,
): Promise<readonly NodeDeviceRef[]> {
  const args = { needResults: true, flags: filter };
  return (await connection.call(protocol.connectListAllNodeDevices, args, options)).devices;
}

export async function getNodeDeviceXml(
  connection: LibvirtConnection,
  { name }: NodeDeviceRef,
  options?: WaitOptions,
): Promise<string> {
  return (await connection.call(protocol.nodeDeviceGetXmlDesc, { name, flags: 0 }, options)).xml;
}
