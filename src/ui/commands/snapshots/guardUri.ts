import type { HostAddress } from '../../../hosts/hostAddress.ts';

/** What virsh on the host itself connects to, to reach the libvirt that we are connected to. */
export function uriOnHost({ driverUri, socket }: HostAddress): string {
  return socket === undefined ? driverUri : `${driverUri}?socket=${encodeURIComponent(socket)}`;
}
