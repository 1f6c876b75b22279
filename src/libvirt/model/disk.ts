import type { XmlElement } from './element.ts';
import { readAuth, readHosts, readInteger, type SourceAuth, type SourceHost } from './storageSource.ts';

/** Where the data of a disk is. */
export type DiskSource =
  | { readonly type: 'file' | 'block' | 'dir'; readonly path: string }
  | { readonly type: 'volume'; readonly pool: string; readonly volume: string }
  | NetworkDiskSource
  /** A type this client has no fields for: `nvme`, `vhostuser`, `vhostvdpa`. */
  | { readonly type: 'other'; readonly name: string };

export interface NetworkDiskSource {
  readonly type: 'network';
  /** `rbd`, `iscsi`, `nbd` ... */
  readonly protocol: string;
  /** Of an RBD image `pool/image`, see `parseRbdName()`. */
  readonly name: string;
  readonly hosts: readonly SourceHost[];
  readonly auth: SourceAuth | undefined;
  /** The RBD snapshot that is used instead of the image's head. */
  readonly snapshot: string | undefined;
  /** The ceph.conf that is used instead of the host's. */
  readonly configFile: string | undefined;
}

/** An image below another: what the one above does not hold is read from it. */
export interface BackingImage {
  readonly source: DiskSource;
  /** How jobs name it, as `vda[2]`; a running domain's images have one. */
  readonly index: number | undefined;
  readonly format: string | undefined;
}

/** A copy or an active commit that runs, or is done and waits to be finished: the data goes to `target` as well. */
export interface DiskMirror {
  /** `copy`, `active-commit` */
  readonly job: string;
  /** undefined of an active commit in older libvirt. */
  readonly target: DiskSource | undefined;
  /** Both hold the same: the disk can be switched over. */
  readonly ready: boolean;
}

/** Where on a bus of drives a disk is. */
export interface DriveAddress {
  readonly controller: number;
  readonly bus: number;
  readonly target: number;
  readonly unit: number;
}

export interface DomainDisk {
  /** `disk`, `cdrom`, `lun`, `floppy` */
  readonly device: string;
  /** `vda`: unique within the domain. */
  readonly target: string;
  readonly bus: string | undefined;
  /** undefined while the drive is empty. */
  readonly source: DiskSource | undefined;
  /** `raw`, `qcow2` */
  readonly format: string | undefined;
  readonly cache: string | undefined;
  readonly discard: string | undefined;
  readonly readOnly: boolean;
  readonly shareable: boolean;
  readonly serial: string | undefined;
  readonly bootOrder: number | undefined;
  /** `virtio-disk0`; a running domain's devices have one. */
  readonly alias: string | undefined;
  /** undefined of disks that are not on a bus of drives. */
  readonly drive: DriveAddress | undefined;
  /** The images below, as far as libvirt tells, the nearest first. */
  readonly backing: readonly BackingImage[];
  readonly mirror: DiskMirror | undefined;
  /** By libvirt's names: `total_bytes_sec`, `read_iops_sec_max` ...; what is not limited is left out. */
  readonly limits: ReadonlyMap<string, number>;
}

export function readDisk(disk: XmlElement): DomainDisk {
  const driver = disk.child('driver');
  const target = disk.child('target');
  return {
    device: disk.attribute('device') ?? 'disk',
    target: target?.attribute('dev') ?? '',
    bus: target?.attribute('bus'),
    source: readDiskSource(disk),
    format: driver?.attribute('type'),
    cache: driver?.attribute('cache'),
    discard: driver?.attribute('discard'),
    readOnly: disk.child('readonly') !== undefined,
    shareable: disk.child('shareable') !== undefined,
    serial: disk.textOf('serial'),
    bootOrder: readInteger(disk.child('boot')?.attribute('order')),
    alias: disk.child('alias')?.attribute('name'),
    drive: readDriveAddress(disk),
    backing: readBacking(disk),
    mirror: readMirror(disk),
    limits: readLimits(disk),
  };
}

function readDriveAddress(disk: XmlElement): DriveAddress | undefined {
  const address = disk.child('address');
  if (address?.attribute('type') !== 'drive') return undefined;
  const number = (name: string): number => readInteger(address.attribute(name)) ?? 0;
  return {
    controller: number('controller'),
    bus: number('bus'),
    target: number('target'),
    unit: number('unit'),
  };
}

function readBacking(above: XmlElement): readonly BackingImage[] {
  const store = above.child('backingStore');
  const source = store && readDiskSource(store);
  if (!store || !source) return [];
  const index = readInteger(store.attribute('index'));
  return [{ source, index, format: store.child('format')?.attribute('type') }, ...readBacking(store)];
}

function readMirror(disk: XmlElement): DiskMirror | undefined {
  const mirror = disk.child('mirror');
  if (!mirror) return undefined;
  return {
    job: mirror.attribute('job') ?? 'copy',
    target: readDiskSource(mirror),
    ready: mirror.attribute('ready') === 'yes',
  };
}

function readLimits(disk: XmlElement): ReadonlyMap<string, number> {
  const limits = disk.child('iotune')?.elements ?? [];
  return new Map(
    limits.map(({ name, text }) => [name, Number(text)] as const).filter(([, value]) => value > 0),
  );
}

const pathAttributes = { file: 'file', block: 'dev', dir: 'dir' } as const;

/** @param disk a `<disk>`, or a `<backingStore>`, `<mirror>` or other element with a type and a `<source>` */
export function readDiskSource(disk: XmlElement): DiskSource | undefined {
  const source = disk.child('source');
  if (source === undefined) return undefined;
  const type = disk.attribute('type') ?? 'file';
  switch (type) {
    case 'file':
    case 'block':
    case 'dir': {
      const path = source.attribute(pathAttributes[type]);
      return path === undefined ? undefined : { type, path };
    }
    case 'volume':
      return {
        type,
        pool: source.attribute('pool') ?? '',
        volume: source.attribute('volume') ?? '',
      };
    case 'network':
      return {
        type,
        protocol: source.attribute('protocol') ?? '',
        name: source.attribute('name') ?? '',
        hosts: readHosts(source),
        // Under <source> since libvirt 3.9, under <disk> before; libvirt keeps it where it was written.
        auth: readAuth(source) ?? readAuth(disk),
        snapshot: source.child('snapshot')?.attribute('name'),
        configFile: source.child('config')?.attribute('file'),
      };
    default:
      return { type: 'other', name: type };
  }
}
