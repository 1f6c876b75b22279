import type { CrushRule } from '../../ceph/crushRules.ts';
import type { Osd, OsdTree } from '../../ceph/osds.ts';

/** Where a rule of CRUSH can put data now. */
export interface Placement {
  /** The OSDs that are in. */
  readonly osds: readonly Osd[];
  /** How many places there are of which each holds one copy: hosts, racks ...; undefined where the rule is not that simple. */
  readonly domains: number | undefined;
}

/** What a rule reaches in the tree of OSDs. */
export function placementOf({ takes, failureDomain }: CrushRule, tree: OsdTree): Placement {
  const parents = parentsIn(tree);
  const reached = new Set(
    takes.flatMap(({ root, deviceClass }) => {
      const top = tree.buckets.find(({ name }) => name === root)?.id;
      const single = tree.osds.find(({ name }) => name === root);
      return tree.osds.filter(
        (osd) =>
          osd.isIn &&
          (deviceClass === undefined || osd.deviceClass === deviceClass) &&
          (osd === single || (top !== undefined && above(osd.id, parents).includes(top))),
      );
    }),
  );
  return {
    osds: [...reached],
    domains: failureDomain === undefined ? undefined : countDomains([...reached], failureDomain, tree),
  };
}

function countDomains(osds: readonly Osd[], type: string, tree: OsdTree): number {
  if (type === 'osd') return osds.length;
  const parents = parentsIn(tree);
  const ofType = new Set(tree.buckets.filter((bucket) => bucket.type === type).map(({ id }) => id));
  return new Set(osds.flatMap(({ id }) => above(id, parents).filter((bucket) => ofType.has(bucket)))).size;
}

/** The types of buckets that can be failure domains here, with how many of them have an OSD that is in. */
export function failureDomains(tree: OsdTree): ReadonlyMap<string, number> {
  const osds = tree.osds.filter(({ isIn }) => isIn);
  const types = new Set(tree.buckets.map(({ type }) => type).filter((type) => type !== 'root'));
  return new Map(
    [...types, 'osd']
      .map((type) => [type, countDomains(osds, type, tree)] as const)
      .filter(([, count]) => count > 0),
  );
}

function parentsIn({ buckets }: OsdTree): ReadonlyMap<number, number> {
  return new Map(buckets.flatMap(({ id, children }) => children.map((child) => [child, id] as const)));
}

/** The buckets that something is in, the nearest first. */
function above(id: number, parents: ReadonlyMap<number, number>): readonly number[] {
  const found: number[] = [];
  for (let at = parents.get(id); at !== undefined && !found.includes(at); at = parents.get(at))
    found.push(at);
  return found;
}
