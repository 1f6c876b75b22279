import { parseXml } from './element.ts';
import { readInteger } from './storageSource.ts';

/** Where the saved memory or the frozen content of a disk is: inside the qcow2 file, in a file beside it, nowhere. */
export type SnapshotLocation = 'internal' | 'external' | 'no';

export interface SnapshotDisk {
  /** `vda` */
  readonly target: string;
  readonly location: SnapshotLocation;
  /** Of an external one the file that the domain writes to since then. */
  readonly file: string | undefined;
}

export interface SnapshotModel {
  readonly name: string;
  readonly description: string | undefined;
  /** What the domain was: `running`, `paused`, `shutoff`; `disk-snapshot` where only disks were kept. */
  readonly state: string;
  /** Seconds since 1970. */
  readonly createdAt: number | undefined;
  /** The name of the snapshot it builds upon. */
  readonly parent: string | undefined;
  readonly memory: SnapshotLocation;
  readonly memoryFile: string | undefined;
  readonly disks: readonly SnapshotDisk[];
}

/** Reads what `getSnapshotXml()` gives. */
export async function parseSnapshot(xml: string): Promise<SnapshotModel> {
  const snapshot = await parseXml(xml);
  const state = snapshot.textOf('state') ?? '';
  const memory = snapshot.child('memory');
  return {
    name: snapshot.textOf('name') ?? '',
    description: snapshot.textOf('description'),
    state,
    createdAt: readInteger(snapshot.textOf('creationTime')),
    parent: snapshot.child('parent')?.textOf('name'),
    // Of a running domain, libvirt before 0.10.2 wrote no <memory>: it was inside the disks.
    memory: readLocation(memory?.attribute('snapshot')) ?? (isLive(state) ? 'internal' : 'no'),
    memoryFile: memory?.attribute('file'),
    disks: (snapshot.child('disks')?.children('disk') ?? []).map((disk) => ({
      target: disk.attribute('name') ?? '',
      location: readLocation(disk.attribute('snapshot')) ?? 'no',
      file: disk.child('source')?.attribute('file'),
    })),
  };
}

function isLive(state: string): boolean {
  return state === 'running' || state === 'paused';
}

function readLocation(word: string | undefined): SnapshotLocation | undefined {
  switch (word) {
    case 'internal':
    case 'external':
    case 'no':
      return word;
    case 'manual':
      return 'external';
    default:
      return undefined;
  }
}

/** Whether any of it is outside the disks' own files. */
export function isExternal({ memory, disks }: Pick<SnapshotModel, 'memory' | 'disks'>): boolean {
  return memory === 'external' || disks.some(({ location }) => location === 'external');
}
