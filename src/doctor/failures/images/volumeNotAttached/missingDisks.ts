import type { DiskSource, DomainDisk } from '../../../../libvirt/model/disk.ts';
import type { DomainModel } from '../../../../libvirt/model/domain.ts';

/** A disk that the definition of a running domain has, and the running domain does not have like that. */
export interface MissingDisk {
  readonly defined: DomainDisk;
  /** What the running domain has under this name instead; undefined: nothing. */
  readonly live: DomainDisk | undefined;
}

/** Of drives whose medium can be changed only those count that are not there at all. */
export function missingDisks(defined: DomainModel, live: DomainModel): readonly MissingDisk[] {
  return defined.disks.flatMap((disk): readonly MissingDisk[] => {
    const other = live.disks.find(({ target }) => target === disk.target);
    if (!other) return [{ defined: disk, live: undefined }];
    const isDrive = disk.device === 'cdrom' || disk.device === 'floppy';
    // The image that a job has put above, or copies to, is written into the definition when the job ends.
    const isBusy = other.mirror !== undefined || other.backing.length > 0;
    if (isDrive || isBusy || sourceName(disk.source) === sourceName(other.source)) return [];
    return [{ defined: disk, live: other }];
  });
}

/** How people call where the data is: `pool/image`, a path. */
export function sourceName(source: DiskSource | undefined): string {
  if (!source) return '';
  switch (source.type) {
    case 'volume':
      return `${source.pool}/${source.volume}`;
    case 'network':
      return source.name;
    case 'other':
      return source.name;
    default:
      return source.path;
  }
}
