import type { HostAddress } from './hostAddress.ts';

/** Where libvirt's daemons listen. `run` is /run for the system's, $XDG_RUNTIME_DIR for a user's own. */
export function socketCandidates(
  address: HostAddress,
  runtimeDirectory: string | undefined,
): readonly string[] {
  if (address.socket !== undefined) return [address.socket];
  const run = address.session ? runtimeDirectory : '/run';
  if (run === undefined) return [];
  // The modular daemon of the driver before the monolithic one, as libvirt's own client chooses.
  return [`${run}/libvirt/${modularDaemon(address.driver)}-sock`, `${run}/libvirt/libvirt-sock`];
}

/** `virtqemud` for qemu. The test driver is part of every daemon. */
function modularDaemon(driver: string): string {
  const daemons: Readonly<Record<string, string>> = { lxc: 'virtlxcd', xen: 'virtxend', vbox: 'virtvboxd' };
  return daemons[driver] ?? 'virtqemud';
}
