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
}

export function readDisk(disk: XmlElement): DomainDisk {
  const driver = disk.child('driver');
  const target = disk.child('target');
  return {
    device: disk.attribute('device') ?? 'disk',
    target: target?.attribute('dev') ?? '',
    bus: target?.attribute('bus'),
    source: readSource(disk),
    format: driver?.attribute('type'),
    cache: driver?.attribute('cache'),
    discard: driver?.attribute('discard'),
    readOnly: disk.child('readonly') !== undefined,
    shareable: disk.child('shareable') !== undefined,
    serial: disk.textOf('serial'),
    bootOrder: readInteger(disk.child('boot')?.attribute('order')),
    alias: disk.child('alias')?.attribute('name'),
  };
}

const pathAttributes = { file: 'file', block: 'dev', dir: 'dir' } as const;

function readSource(disk: XmlElement): DiskSource | undefined {
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
