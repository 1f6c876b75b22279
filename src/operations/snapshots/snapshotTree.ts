import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { parseSnapshot, type SnapshotModel } from '../../libvirt/model/snapshot.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { DomainRef, SnapshotRef } from '../../libvirt/protocol/refs.ts';
import { currentSnapshot, getSnapshotXml, listSnapshots } from '../../libvirt/snapshots.ts';

export interface Snapshot extends SnapshotModel {
  readonly ref: SnapshotRef;
  /** The domain's present content descends from it. */
  readonly isCurrent: boolean;
  /** Those that build upon it, the oldest first. */
  readonly children: readonly Snapshot[];
}

export interface SnapshotTree {
  readonly roots: readonly Snapshot[];
  readonly byName: ReadonlyMap<string, Snapshot>;
}

export const noSnapshots: SnapshotTree = { roots: [], byName: new Map() };

/**
 * All snapshots of a domain, from libvirt's memory: one call, and one for each that is not known yet.
 * @param known what was read before; read anew once one of it is gone, because others then have other parents
 */
export async function readSnapshots(
  connection: LibvirtConnection,
  domain: DomainRef,
  known: SnapshotTree = noSnapshots,
  options?: WaitOptions,
): Promise<SnapshotTree> {
  const [refs, current] = await Promise.all([
    listSnapshots(connection, domain, 0, options),
    currentSnapshot(connection, domain, options),
  ]);
  const names = new Set(refs.map(({ name }) => name));
  const isGrown = [...known.byName.keys()].every((name) => names.has(name));
  const read = async (ref: SnapshotRef): Promise<Node[]> => {
    const before = isGrown ? known.byName.get(ref.name) : undefined;
    if (before) return [{ ref, model: before }];
    try {
      return [{ ref, model: await parseSnapshot(await getSnapshotXml(connection, ref, options)) }];
    } catch (error) {
      // Deleted since it was listed.
      if (isLibvirtError(error, ErrorCode.noDomainSnapshot)) return [];
      throw error;
    }
  };
  return treeOf((await Promise.all(refs.map(read))).flat(), current?.name);
}

interface Node {
  readonly ref: SnapshotRef;
  readonly model: SnapshotModel;
}

/** A snapshot whose parent is not there is a root. */
function treeOf(nodes: readonly Node[], current: string | undefined): SnapshotTree {
  const byName = new Map<string, Snapshot>();
  const there = new Set(nodes.map(({ ref }) => ref.name));
  const below = new Map<string | undefined, Node[]>();
  for (const node of nodes) {
    const { parent } = node.model;
    const key = parent !== undefined && there.has(parent) ? parent : undefined;
    below.set(key, [...(below.get(key) ?? []), node]);
  }
  const grow = (parent: string | undefined): Snapshot[] =>
    (below.get(parent) ?? [])
      .toSorted((a, b) => (a.model.createdAt ?? 0) - (b.model.createdAt ?? 0) || compare(a, b))
      .map(({ ref, model }) => {
        const { name } = ref;
        const snapshot = { ...model, ref, isCurrent: name === current, children: grow(name) };
        byName.set(name, snapshot);
        return snapshot;
      });
  return { roots: grow(undefined), byName };
}

function compare(a: Node, b: Node): number {
  return a.ref.name < b.ref.name ? -1 : 1;
}

/** All that build upon it, directly or not. */
export function descendantsOf(snapshot: Pick<Snapshot, 'children'>): readonly Snapshot[] {
  return snapshot.children.flatMap((child) => [child, ...descendantsOf(child)]);
}
