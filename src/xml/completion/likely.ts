/**
 * What people mostly write, where the schema leaves the choice: it ranks offers and fills in new elements. Nothing here
 * is offered that the schema does not take. Keys are `element`, `parent/element`, `element@attribute` or `@attribute`.
 */

/** Values by attribute or, without @, by element, the likeliest first. */
const values: Readonly<Record<string, readonly string[]>> = {
  '@unit': ['KiB', 'MiB', 'GiB', 'TiB', 'bytes'],
  'domain@type': ['kvm', 'qemu'],
  type: ['hvm'],
  'type@arch': ['x86_64', 'aarch64'],
  'boot@dev': ['hd', 'cdrom', 'network'],
  'clock@offset': ['utc', 'localtime'],
  on_poweroff: ['destroy'],
  on_reboot: ['restart'],
  on_crash: ['destroy', 'restart'],
  'cpu@mode': ['host-passthrough', 'host-model', 'custom'],
  'loader@type': ['pflash'],
  'loader@readonly': ['yes'],
  'disk@type': ['file', 'network', 'block', 'volume'],
  'disk@device': ['disk', 'cdrom'],
  'disk/driver@name': ['qemu'],
  'disk/driver@type': ['qcow2', 'raw'],
  'driver@cache': ['none', 'writeback'],
  'driver@io': ['native', 'threads', 'io_uring'],
  'driver@discard': ['unmap'],
  'disk/target@bus': ['virtio', 'scsi', 'sata', 'usb', 'ide'],
  'disk/source@protocol': ['rbd', 'nbd', 'iscsi', 'http', 'https'],
  'secret@type': ['ceph', 'iscsi'],
  'usage@type': ['ceph', 'iscsi', 'volume', 'tls', 'vtpm'],
  'interface@type': ['network', 'bridge'],
  'interface/model@type': ['virtio', 'e1000e', 'e1000', 'rtl8139'],
  'controller@type': ['scsi', 'usb', 'pci', 'virtio-serial', 'sata'],
  'controller@model': ['virtio-scsi', 'qemu-xhci', 'pcie-root-port', 'pcie-root'],
  'graphics@type': ['vnc', 'spice'],
  'video/model@type': ['virtio', 'vga', 'qxl', 'bochs', 'none'],
  'console@type': ['pty'],
  'serial@type': ['pty'],
  'channel@type': ['unix', 'spicevmc'],
  'input@type': ['tablet', 'keyboard', 'mouse'],
  'sound@model': ['ich9', 'virtio'],
  'hostdev@mode': ['subsystem'],
  'hostdev@type': ['pci', 'usb'],
  'hostdev@managed': ['yes'],
  'filesystem@type': ['mount'],
  'tpm@model': ['tpm-crb', 'tpm-tis'],
  'tpm/backend@type': ['emulator', 'passthrough'],
  'tpm/backend@version': ['2.0'],
  'rng/backend@model': ['random'],
  'rng/backend': ['/dev/urandom'],
  'watchdog@model': ['itco', 'i6300esb'],
  'watchdog@action': ['reset', 'poweroff', 'pause'],
  'memballoon@model': ['virtio', 'none'],
  'address@type': ['pci', 'drive'],
  'pool@type': ['dir', 'rbd', 'fs', 'netfs', 'logical', 'iscsi'],
  'forward@mode': ['nat', 'route', 'bridge', 'open'],
  'secret@ephemeral': ['no'],
  'secret@private': ['yes', 'no'],
};

/** Parts without which hardly anybody writes an element, though the schema would let them. */
const parts: Readonly<Record<string, Parts>> = {
  domain: { attributes: ['type'], children: ['name', 'memory', 'vcpu', 'os', 'devices'] },
  memory: { attributes: ['unit'] },
  currentMemory: { attributes: ['unit'] },
  maxMemory: { attributes: ['slots', 'unit'] },
  capacity: { attributes: ['unit'] },
  allocation: { attributes: ['unit'] },
  'os/type': { attributes: ['arch', 'machine'] },
  os: { children: ['type', 'boot'] },
  cpu: { attributes: ['mode'] },
  clock: { attributes: ['offset'] },
  disk: { attributes: ['type', 'device'], children: ['driver', 'source', 'target'] },
  'disk/driver': { attributes: ['name', 'type'] },
  'disk/source': { attributes: ['file'] },
  'disk/target': { attributes: ['dev', 'bus'] },
  interface: { attributes: ['type'], children: ['source', 'model'] },
  'interface/model': { attributes: ['type'] },
  graphics: { attributes: ['type'] },
  video: { children: ['model'] },
  'video/model': { attributes: ['type'] },
  console: { attributes: ['type'] },
  controller: { attributes: ['type', 'model'] },
  hostdev: { attributes: ['mode', 'type', 'managed'] },
  tpm: { attributes: ['model'], children: ['backend'] },
  'tpm/backend': { attributes: ['type', 'version'] },
  filesystem: { attributes: ['type'], children: ['source', 'target'] },
  'filesystem/source': { attributes: ['dir'] },
  watchdog: { attributes: ['model', 'action'] },
  'rng/backend': { attributes: ['model'] },
  pool: { attributes: ['type'], children: ['name', 'source', 'target'] },
  network: { children: ['name', 'forward', 'bridge', 'ip'] },
  'network/forward': { attributes: ['mode'] },
  'network/bridge': { attributes: ['name'] },
  'network/ip': { attributes: ['address', 'netmask'] },
  secret: { attributes: ['ephemeral', 'private'], children: ['description', 'usage'] },
  volume: { children: ['name', 'capacity'] },
};

/** Elements in the order in which people look for them. */
const orders: Readonly<Record<string, readonly string[]>> = {
  domain:
    'name uuid title description memory currentMemory vcpu os features cpu clock on_poweroff on_reboot on_crash devices'.split(
      ' ',
    ),
  devices:
    'disk interface controller graphics video console serial channel input tpm rng memballoon hostdev filesystem watchdog emulator'.split(
      ' ',
    ),
  disk: 'source target driver auth serial readonly shareable boot iotune'.split(' '),
  interface: 'source model mac target link mtu'.split(' '),
};

/** Written by hand for few hypervisors, or by libvirt alone. */
const rare: ReadonlySet<string> = new Set([
  'bootloader',
  'bootloader_args',
  'idmap',
  'lxc:namespace',
  'bhyve:commandline',
  'xen:commandline',
  'vmware:datacenterpath',
  'qemu:deprecation',
  'qemu:override',
  'qemu:capabilities',
  'mirror',
  'backingStore',
  'backenddomain',
]);

export interface Parts {
  readonly attributes?: readonly string[];
  readonly children?: readonly string[];
}

/** @param attribute undefined for the text of the element */
export function likelyValues(
  parent: string | undefined,
  element: string,
  attribute: string | undefined,
): readonly string[] {
  const suffix = attribute === undefined ? '' : `@${attribute}`;
  const own = values[`${parent ?? ''}/${element}${suffix}`] ?? values[`${element}${suffix}`];
  return own ?? (attribute === undefined ? [] : (values[suffix] ?? []));
}

export function likelyParts(parent: string | undefined, element: string): Parts {
  return parts[`${parent ?? ''}/${element}`] ?? parts[element] ?? {};
}

/** Less for elements that are likelier in the parent; the same where nothing is known. */
export function unlikelihood(parent: string, element: string): number {
  if (rare.has(element)) return 1000;
  const order = orders[parent] ?? [];
  const place = order.indexOf(element);
  return place < 0 ? order.length : place;
}
