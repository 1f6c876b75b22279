import { CancelledError, Problem, messageOf } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import { planHostOf } from '../../../../hosts/shellHost.ts';
import { getDomainXml } from '../../../../libvirt/domains.ts';
import { parseDomain } from '../../../../libvirt/model/domain.ts';
import { listSnapshots } from '../../../../libvirt/snapshots.ts';
import { findDiskPlace } from '../../../../operations/domains/diskPlace.ts';
import { MoveProblem } from '../../../../operations/moveDisk/moveProblem.ts';
import { readTargetPool, type TargetPool } from '../../../../operations/moveDisk/moveTarget.ts';
import {
  isDomainActive,
  readMovableDisk,
  type MovableDisk,
  type MovingDomain,
} from '../../../../operations/moveDisk/readMovableDisk.ts';
import type { PlanHost } from '../../../../operations/plan/planHost.ts';
import type { DomainNode } from '../../../explorer/objects/domainNode.ts';
import type { CommandServices } from '../../command.ts';
import { otherUsers } from '../../domains/otherUsers.ts';
import { onObject } from '../../onObject.ts';
import { listOf } from '../../volumes/volumeCheck.ts';

/** Where disks are moved: into RBD images, or into files. */
export type Direction = 'rbd' | 'file';

export interface DiskToMove {
  readonly target: string;
  /** undefined where it cannot be moved. */
  readonly disk: MovableDisk | undefined;
  /** Why not. */
  readonly obstacle: string | undefined;
  /** What else is known of it, a sentence each. */
  readonly remarks: readonly string[];
}

/** What the questions need, read once. */
export interface Moving extends MovingDomain {
  readonly machine: PlanHost;
  readonly disks: readonly DiskToMove[];
  readonly pools: readonly TargetPool[];
  /** What is known of the domain, a sentence each. */
  readonly remarks: readonly string[];
}

/** @param targets the disks; undefined: all that are no drives. Of one that is asked for by name, an obstacle is thrown */
export function readMoving(
  node: DomainNode,
  targets: readonly string[] | undefined,
  direction: Direction,
  services: CommandServices,
): Promise<Moving> {
  const { entry, name, host } = node;
  if (!entry) throw new TypeError(`${name} has gone`);
  const title = t('Looking at the disks of {0} on {1}', name, host.name);
  return onObject(node, services, { title }, async ({ connection }, signal) => {
    const machine = planHostOf(host);
    const domain = entry.ref;
    const active = await isDomainActive({ machine, domain }, { signal });
    const moving: MovingDomain = { machine, domain, active, persistent: entry.persistent };
    const [xml, pools, snapshots] = await Promise.all([
      getDomainXml(connection, domain, { inactive: entry.persistent, signal }),
      readPools(node, machine, direction, signal),
      listSnapshots(connection, domain, 0, { signal }),
    ]);
    const wanted =
      targets ??
      (await parseDomain(xml)).disks.flatMap(({ target, device }) =>
        device === 'cdrom' || device === 'floppy' ? [] : target,
      );
    const users = await otherUsers(host, entry.ref.uuid, services.registry.sessions);
    const readOne = async (target: string): Promise<DiskToMove> => {
      const disk = await readMovableDisk(moving, target, { signal });
      const place = await findDiskPlace(machine, disk.disk, { signal });
      const others = place ? users(disk.disk, place) : [];
      const remarks =
        others.length === 0
          ? []
          : [t('The old image of {0} is also a disk of {1}, which goes on with it.', target, listOf(others))];
      return { target, disk, obstacle: undefined, remarks };
    };
    const disks = await Promise.all(
      wanted.map((target) => (targets ? readOne(target) : orObstacle(target, readOne(target)))),
    );
    return { ...moving, machine, disks, pools, remarks: snapshotRemarks(snapshots.map((one) => one.name)) };
  });
}

async function orObstacle(target: string, reading: Promise<DiskToMove>): Promise<DiskToMove> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof Problem) || error instanceof CancelledError) throw error;
    return { target, disk: undefined, obstacle: messageOf(error), remarks: [] };
  }
}

function snapshotRemarks(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  return [
    t(
      'The domain has snapshots ({0}): they know the old images only, and reverting to one goes back to those.',
      listOf(names),
    ),
  ];
}

/** Those of the kind that are active; one that cannot be read is left out. */
async function readPools(
  { host }: DomainNode,
  machine: PlanHost,
  direction: Direction,
  signal: AbortSignal,
): Promise<readonly TargetPool[]> {
  const { inventory } = host.require();
  const active = [...inventory.pools.entries.values()].filter((pool) => pool.active);
  const read = await Promise.all(
    active.map(({ ref }) =>
      readTargetPool(machine, ref, { signal }).catch((error: unknown) => {
        if (error instanceof CancelledError) throw error;
        return undefined;
      }),
    ),
  );
  const pools = read.flatMap((pool) => (pool?.offer.kind === direction ? pool : []));
  if (pools.length > 0) return pools;
  throw direction === 'rbd'
    ? new MoveProblem('not-movable', t('{0} has no active RBD pool.', host.name), {
        advice: t('Connect a Ceph pool to libvirt on this host first, or start the pool.'),
      })
    : new MoveProblem('not-movable', t('{0} has no active pool of files.', host.name), {
        advice: t('Make a pool over a folder first, or start the pool.'),
      });
}
