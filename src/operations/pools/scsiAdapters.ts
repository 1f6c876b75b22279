import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { listNodeDevices } from '../../libvirt/nodeDevices.ts';
import { ListNodeDevices } from '../../libvirt/protocol/nodeDevice.ts';

/** A host bus adapter. */
export interface FoundAdapter {
  /** `scsi_host2` */
  readonly name: string;
  readonly isFibreChannel: boolean;
  /** Whether virtual ports can be made on it. */
  readonly hasVirtualPorts: boolean;
}

export async function listScsiAdapters(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<readonly FoundAdapter[]> {
  const names = async (filter: number): Promise<readonly string[]> =>
    (await listNodeDevices(connection, filter, options)).map(({ name }) => name);
  const [all, fibre, ports] = await Promise.all([
    names(ListNodeDevices.capScsiHost),
    names(ListNodeDevices.capFcHost),
    names(ListNodeDevices.capVports),
  ]);
  return all
    .map((name) => ({ name, isFibreChannel: fibre.includes(name), hasVirtualPorts: ports.includes(name) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
