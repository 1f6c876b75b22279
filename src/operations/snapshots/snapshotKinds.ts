import type { DiskSource, DomainDisk } from '../../libvirt/model/disk.ts';

/** Where a snapshot goes, and whether the guest's memory goes with it. */
export type SnapshotKind =
  /** Inside the qcow2 files; of a running domain with its memory. */
  | 'internal'
  /** The disks stay as they are, the domain writes to new files from now on. */
  | 'disksOnly'
  /** The same, with what the guest has in its memory in a file too. */
  | 'withMemory';

export interface DiskInSnapshot {
  readonly target: string;
  /** The file that the domain writes to from now on; undefined where the disk is left out, or has it inside. */
  readonly file: string | undefined;
}

/** What a domain's disks allow. */
export interface SnapshotOffer {
  readonly kinds: readonly SnapshotKind[];
  /** Disks that keep a snapshot from being internal: not qcow2. */
  readonly notInternal: readonly DomainDisk[];
  /** Disks that libvirt puts no new file upon: RBD images, block devices ... An external snapshot leaves them out. */
  readonly notExternal: readonly DomainDisk[];
  /** Disks that an external snapshot is of. */
  readonly external: readonly DomainDisk[];
}

/** Disks that the guest may write to: the others need no snapshot. */
export function writableDisks(disks: readonly DomainDisk[]): readonly DomainDisk[] {
  return disks.filter(
    ({ device, source, readOnly }) =>
      (device === 'disk' || device === 'lun') && source !== undefined && !readOnly,
  );
}

export function offerSnapshots(disks: readonly DomainDisk[], active: boolean): SnapshotOffer {
  const writable = writableDisks(disks);
  const notInternal = writable.filter(({ format, device }) => format !== 'qcow2' || device === 'lun');
  const external = writable.filter(({ source }) => source?.type === 'file');
  const notExternal = writable.filter((disk) => !external.includes(disk));
  const kinds: SnapshotKind[] = [];
  if (writable.length > 0 && notInternal.length === 0) kinds.push('internal');
  if (external.length > 0) kinds.push('disksOnly');
  if (external.length > 0 && active) kinds.push('withMemory');
  return { kinds, notInternal, notExternal, external };
}

/** `/images/web1.qcow2` becomes `/images/web1.NAME`, as libvirt itself would call it. */
export function overlayFile(source: DiskSource | undefined, snapshot: string): string {
  const path = source?.type === 'file' ? source.path : '';
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return `${folder}${path.slice(folder.length).replace(/(?!^)\.[^.]*$/, '')}.${snapshot}`;
}

/** Beside the first disk. */
export function memoryFile(source: DiskSource | undefined, domain: string, snapshot: string): string {
  const path = source?.type === 'file' ? source.path : '';
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${domain.replaceAll('/', '_')}-${snapshot}.memory`;
}
