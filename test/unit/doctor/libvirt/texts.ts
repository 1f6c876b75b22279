/** What libvirt 9.0 and QEMU 7.2 really said, by the failure that it belongs to. */
export const texts = {
  socket: "Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied",
  polkit:
    "authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'",
  policy: 'authentication failed: access denied by policy',
  noSocket: "Failed to connect socket to '/var/run/libvirt/virtstoraged-sock': No such file or directory",
  refused: "Failed to connect socket to '/run/libvirt/libvirt-sock': Connection refused",
  noDriver: 'no connection driver available for storage:///system',
  masked: 'Failed to start libvirtd.service: Unit libvirtd.service is masked.',
  lock: 'Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainBlockCommit)',
  agentLock:
    'Timed out during operation: cannot acquire state change lock (held by agent=remoteDispatchDomainFSFreeze)',
  startLock:
    'Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainCreate)',
  packet: 'packet 1397966889 bytes received from server too large, want 33554432',
  foreign: 'Not libvirt answered, but a text: “Welcome to web1”',
  foreignZh: '应答的不是 libvirt，而是一段文本：“Welcome to web1”',
  dropped:
    'XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domain.rng\nElement domain has extra content: bogus',
  snapshot: 'unsupported configuration: internal snapshot for disk vda unsupported for storage type raw',
  sata: 'internal error: Could not find sata controller with index 0 required for device',
  ide: "internal error: unable to execute QEMU command 'device_add': Bus 'ide.1' does not support hotplugging",
  pci: "internal error: unable to execute QEMU command 'device_del': Bus 'pci.0' does not support hotplugging",
  ideBus: "Operation not supported: disk bus 'ide' cannot be hotplugged.",
  target: "XML error: target 'vdb' duplicated for disk sources 'vm1-disk' and 'vm1-disk'",
  targetThere: 'Requested operation is not valid: target vda already exists',
  undefineNvram: 'Requested operation is not valid: cannot undefine domain with nvram',
  noVarStore: 'operation failed: unable to find any master var store for loader: /root/uefi/CODE.fd',
  backing:
    "Cannot access backing file '/i/base.qcow2' of storage file '/i/top.qcow2' (as uid:64055, gid:108): No such file or directory",
  format:
    "Requested operation is not valid: format of backing image 'mid.qcow2' of image '/i/nf2.qcow2' was not specified in the image metadata (See https://libvirt.org/kbase/backing_chains.html for troubleshooting)",
  notQcow2: 'qemu-system-x86_64: -blockdev {"driver":"qcow2","backing":null}: Image is not in qcow2 format',
  notOurs:
    'internal error: process exited while connecting to monitor: -blockdev {}: error reading header from web1: No such file or directory',
  file: "Cannot access storage file '/i/x.qcow2' (as uid:64055, gid:108): Permission denied",
} as const;

export type TextName = keyof typeof texts;
