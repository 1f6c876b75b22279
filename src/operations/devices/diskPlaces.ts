import type { DomainDisk, DriveAddress } from '../../libvirt/model/disk.ts';
import type { DomainModel } from '../../libvirt/model/domain.ts';
import type { NewElement } from '../../xml/writer.ts';

/** Where in a domain a disk is plugged in. */
export interface DiskPlace {
  readonly bus: DiskBus;
  /** `vdb` */
  readonly target: string;
  /** Given where the place is on a controller that we have chosen; libvirt chooses the others. */
  readonly drive: DriveAddress | undefined;
  /** What must be attached first; undefined where the domain has what the disk needs. */
  readonly controller: NewElement | undefined;
}

export type DiskBus = 'virtio' | 'scsi' | 'sata' | 'usb' | 'ide' | 'fdc';

/** What the names of disks begin with: QEMU and libvirt count on it. */
const prefixes: Readonly<Record<DiskBus, string>> = {
  virtio: 'vd',
  scsi: 'sd',
  sata: 'sd',
  usb: 'sd',
  ide: 'hd',
  fdc: 'fd',
};

/** Into these a running machine can be plugged. */
const hotBuses: ReadonlySet<DiskBus> = new Set(['virtio', 'scsi', 'usb']);

/** The devices of a domain, as they run, as the next start has them, or both: a place must be free in all of them. */
export type Devices = readonly Pick<DomainModel, 'disks' | 'controllers' | 'machine' | 'arch'>[];

/** The buses that a domain takes such a disk on, the best first. */
export function busesFor(
  device: 'disk' | 'cdrom' | 'floppy',
  domain: Pick<DomainModel, 'machine' | 'arch'>,
): readonly DiskBus[] {
  if (device === 'floppy') return ['fdc'];
  const inMachine = machineBuses(domain);
  return device === 'cdrom' ? [...inMachine, 'scsi', 'usb'] : ['virtio', 'scsi', ...inMachine, 'usb'];
}

/** What is soldered to the board. */
function machineBuses({
  machine = '',
  arch = '',
}: Pick<DomainModel, 'machine' | 'arch'>): readonly DiskBus[] {
  if (machine.includes('q35')) return ['sata'];
  if (arch === 'x86_64' || arch === 'i686') return ['ide', 'sata'];
  return [];
}

export function canHotplug(bus: DiskBus): boolean {
  return hotBuses.has(bus);
}

/** A free place on the bus. @param taken names that are not to be used though no disk has them */
export function freePlace(bus: DiskBus, devices: Devices, target = freeTarget(bus, devices)): DiskPlace {
  if (bus !== 'scsi') return { bus, target, drive: undefined, controller: undefined };
  return { bus, target, ...scsiPlace(devices) };
}

/** The first name on the bus that no disk has: `vdb`. */
export function freeTarget(bus: DiskBus, devices: Devices): string {
  const taken = new Set(devices.flatMap(({ disks }) => disks.map(({ target }) => target)));
  for (let index = 0; ; index += 1) {
    const name = prefixes[bus] + lettersOf(index);
    if (!taken.has(name)) return name;
  }
}

/** Why a disk cannot be called so: undefined when it can. */
export function isTargetOf(bus: DiskBus, target: string): boolean {
  return new RegExp(`^${prefixes[bus]}[a-z]{1,3}$`).test(target);
}

/** a ... z, aa, ab ... */
function lettersOf(index: number): string {
  const last = String.fromCharCode('a'.charCodeAt(0) + (index % 26));
  return index < 26 ? last : lettersOf(Math.floor(index / 26) - 1) + last;
}

/** How many units of a virtio-scsi controller we use; it has more. */
const scsiUnits = 256;

/**
 * A unit of a virtio-scsi controller that all of them have, else of one that is to be added: left alone, libvirt adds
 * an old LSI Logic, for which current guests have no driver.
 */
function scsiPlace(devices: Devices): Pick<DiskPlace, 'drive' | 'controller'> {
  const scsi = devices.map(({ controllers }) => controllers.filter(({ type }) => type === 'scsi'));
  const isVirtio = (index: number): boolean =>
    scsi.every((own) => own.some((one) => one.index === index && one.model?.startsWith('virtio') === true));
  const indices = new Set(scsi.flat().map(({ index }) => index));
  for (const controller of [...indices].filter(isVirtio)) {
    const unit = freeUnit(
      devices.flatMap(({ disks }) => disks),
      controller,
    );
    if (unit < scsiUnits) return { drive: { controller, bus: 0, target: 0, unit }, controller: undefined };
  }
  let index = 0;
  while (indices.has(index)) index += 1;
  return {
    drive: { controller: index, bus: 0, target: 0, unit: 0 },
    controller: {
      name: 'controller',
      attributes: { type: 'scsi', index: String(index), model: 'virtio-scsi' },
    },
  };
}

function freeUnit(disks: readonly DomainDisk[], controller: number): number {
  const taken = new Set(
    disks
      .filter(({ bus, drive }) => bus === 'scsi' && drive?.controller === controller && drive.target === 0)
      .map(({ drive }) => drive?.unit),
  );
  let unit = 0;
  while (taken.has(unit)) unit += 1;
  return unit;
}
