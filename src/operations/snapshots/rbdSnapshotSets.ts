import type { WaitOptions } from '../../base/waiting.ts';
import { listRbdSnapshots, type RbdSnapshotInfo } from '../../ceph/rbd.ts';
import type { DomainDisks, RbdDisk } from './rbdDisks.ts';

/** One name among the RBD snapshots of a domain's disks. */
export interface RbdSnapshotSet {
  readonly name: string;
  readonly members: readonly RbdSnapshotMember[];
  /** Disks without a snapshot of this name. */
  readonly missing: readonly RbdDisk[];
  /** Bytes of all members. */
  readonly size: number;
  /** Of the first member, by the clock of the host. */
  readonly createdAt: Date | undefined;
}

export interface RbdSnapshotMember {
  readonly disk: RbdDisk;
  readonly info: RbdSnapshotInfo;
}

export interface RbdSnapshots extends DomainDisks {
  /** The oldest first. */
  readonly sets: readonly RbdSnapshotSet[];
}

/** The RBD snapshots of a domain's disks, joined by their names: one program for each disk. */
export async function readRbdSnapshots(disks: DomainDisks, options?: WaitOptions): Promise<RbdSnapshots> {
  const listed = await Promise.all(
    disks.rbd.map(async (disk) => ({
      disk,
      snapshots: await listRbdSnapshots(disk.client, disk.image, options),
    })),
  );
  const byName = new Map<string, RbdSnapshotMember[]>();
  for (const { disk, snapshots } of listed) {
    for (const info of snapshots) {
      byName.set(info.name, [...(byName.get(info.name) ?? []), { disk, info }]);
    }
  }
  const sets = [...byName].map(([name, members]) => setOf(name, members, disks.rbd));
  return { ...disks, sets: sets.sort(byAge) };
}

function setOf(
  name: string,
  members: readonly RbdSnapshotMember[],
  disks: readonly RbdDisk[],
): RbdSnapshotSet {
  const times = members.map(({ info }) => Date.parse(info.timestamp)).filter((time) => !Number.isNaN(time));
  return {
    name,
    members,
    missing: disks.filter((disk) => members.every((member) => member.disk !== disk)),
    size: members.reduce((sum, { info }) => sum + info.size, 0),
    createdAt: times.length === 0 ? undefined : new Date(Math.min(...times)),
  };
}

function byAge(a: RbdSnapshotSet, b: RbdSnapshotSet): number {
  return (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0) || (a.name < b.name ? -1 : 1);
}

/** Whether all of it, some of it or nothing of it is protected. */
export function protectionOf({ members }: RbdSnapshotSet): 'all' | 'some' | 'none' {
  if (members.every(({ info }) => info.protected)) return 'all';
  return members.some(({ info }) => info.protected) ? 'some' : 'none';
}
