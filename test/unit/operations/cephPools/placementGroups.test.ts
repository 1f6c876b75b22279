import assert from 'node:assert/strict';
import type { CephPool } from '../../../../src/ceph/cephPools.ts';
import type { CrushRule } from '../../../../src/ceph/crushRules.ts';
import type { OsdTree } from '../../../../src/ceph/osds.ts';
import { failureDomains, placementOf } from '../../../../src/operations/cephPools/placement.ts';
import {
  mostGroups,
  perOsdWith,
  possibleGroups,
  proposedGroups,
  roomFor,
  type PoolsAndOsds,
} from '../../../../src/operations/cephPools/placementGroups.ts';
import { countInWords, refuseGroups, roomInWords } from '../../../../src/operations/cephPools/roomInWords.ts';

/** Hosts with as many OSDs of a class each. */
function treeOf(
  hosts: readonly { readonly osds: number; readonly deviceClass?: string; readonly out?: number }[],
): OsdTree {
  const osds: OsdTree['osds'][number][] = [];
  const buckets = hosts.map(({ osds: count, deviceClass = 'hdd', out = 0 }, host) => {
    const children = Array.from({ length: count }, (_, index) => {
      const id = osds.length;
      const isIn = index >= out;
      osds.push({
        id,
        name: `osd.${id}`,
        deviceClass,
        isUp: true,
        isIn,
        reweight: isIn ? 1 : 0,
        crushWeight: 1,
      });
      return id;
    });
    return { id: -2 - host, name: `node${host}`, type: 'host', children };
  });
  const root = { id: -1, name: 'default', type: 'root', children: buckets.map(({ id }) => id) };
  return { buckets: [root, ...buckets], osds, stray: [] };
}

function rule(id: number, deviceClass?: string, failureDomain = 'host'): CrushRule {
  return {
    id,
    name: `rule${id}`,
    type: 'replicated',
    takes: [{ root: 'default', deviceClass }],
    failureDomain,
  };
}

function pool(id: number, groups: number, size: number, crushRule = 0): CephPool {
  return {
    id,
    name: `pool${id}`,
    type: 'replicated',
    size,
    minSize: 1,
    erasureCodeProfile: undefined,
    placementGroups: 1,
    placementGroupsTarget: groups,
    autoscale: 'off',
    crushRule,
    applications: [],
    quotaBytes: 0,
    quotaObjects: 0,
    flags: [],
    chunks: undefined,
    targetRatio: 0,
  };
}

const settings = { maxPgsPerOsd: 250, targetPgsPerOsd: 100, maxPgsPerPool: 65_536 };

function cluster(tree: OsdTree, pools: readonly CephPool[], rules = [rule(0)]): PoolsAndOsds {
  return { pools, rules, tree, settings };
}

const three = [{ osds: 1 }, { osds: 1 }, { osds: 1 }];

describe('the arithmetic of placement groups', () => {
  it('counts the copies of all pools, where they are going, against the limit of all OSDs', () => {
    const room = roomFor(cluster(treeOf(three), [pool(1, 32, 3), pool(2, 1, 3)]), rule(0));
    assert.deepEqual([room.osds, room.max, room.target, room.taken], [3, 750, 300, 99]);
    assert.deepEqual(room.shares, [
      { pool: 'pool1', replicas: 96 },
      { pool: 'pool2', replicas: 3 },
    ]);
    assert.equal(mostGroups(room, 3, 65_536), 217);
    assert.equal(perOsdWith(room, 64, 3), 97);
  });

  it('never counts less than three OSDs, as Ceph', () => {
    const room = roomFor(cluster(treeOf([{ osds: 1 }]), [pool(1, 8, 1)]), undefined);
    assert.deepEqual([room.osds, room.countedOsds, room.max], [1, 3, 750]);
    assert.match(roomInWords(room, 1), /1 OSDs are in \(Ceph counts 3\) × 250 = 750 allowed/);
  });

  it('leaves out OSDs that are out, and the pool that is changed', () => {
    const tree = treeOf([{ osds: 3, out: 1 }, { osds: 2 }]);
    const changed = pool(1, 512, 2);
    const room = roomFor(cluster(tree, [changed, pool(2, 16, 2)]), rule(0), changed);
    assert.deepEqual([room.osds, room.taken], [4, 32]);
  });

  it('takes the tighter of the whole cluster and the OSDs of the rule', () => {
    const tree = treeOf([{ osds: 10 }, { osds: 3, deviceClass: 'ssd' }]);
    const rules = [rule(0, 'hdd', 'osd'), rule(1, 'ssd', 'osd')];
    const pools = [pool(1, 256, 3, 0), pool(2, 128, 3, 1)];
    const fast = roomFor(cluster(tree, pools, rules), rules[1]);
    assert.deepEqual([fast.osds, fast.taken, fast.max], [3, 384, 750]);
    const slow = roomFor(cluster(tree, pools, rules), rules[0]);
    assert.deepEqual([slow.osds, slow.taken], [10, 768]);
  });

  it('spreads a pool on all OSDs when it reckons with some of them', () => {
    const tree = treeOf([{ osds: 3 }, { osds: 3, deviceClass: 'ssd' }]);
    const rules = [rule(0, undefined, 'osd'), rule(1, 'ssd', 'osd')];
    const room = roomFor(cluster(tree, [pool(1, 100, 3, 0)], rules), rules[1]);
    assert.deepEqual([room.osds, room.taken], [3, 150]);
  });

  it('proposes the nearest power of two to the target, within the limit', () => {
    const propose = (pools: readonly CephPool[], size: number, hosts = three): number =>
      proposedGroups(roomFor(cluster(treeOf(hosts), pools), rule(0)), size, 65_536);
    assert.equal(propose([], 3), 128);
    assert.equal(propose([pool(1, 32, 3)], 3), 64);
    assert.equal(propose([pool(1, 128, 3)], 3), 32);
    assert.equal(propose([pool(1, 230, 3)], 3), 16);
    assert.equal(propose([pool(1, 250, 3)], 3), 0);
    assert.equal(
      propose(
        [],
        6,
        Array.from({ length: 10 }, () => ({ osds: 10 })),
      ),
      2048,
    );
  });

  it('offers only what Ceph would take', () => {
    const room = roomFor(cluster(treeOf(three), [pool(1, 200, 3)]), rule(0));
    assert.deepEqual(possibleGroups(room, 3, 65_536), [32, 16, 8, 4, 2, 1]);
    assert.deepEqual(possibleGroups(room, 3, 8), [8, 4, 2, 1]);
    assert.equal(refuseGroups(room, 50, 3, 65_536), undefined);
    assert.match(
      refuseGroups(room, 51, 3, 65_536) ?? '',
      /251 copies per OSD; Ceph allows 250.*no more than 50/,
    );
    assert.match(refuseGroups(room, 2.5, 3, 65_536) ?? '', /whole number/);
    assert.match(refuseGroups(room, 70_000, 3, 65_536) ?? '', /65536 \(mon_max_pool_pg_num\)/);
    assert.equal(countInWords(room, 32, 3), '32 × 3 = 96 copies; then 232 per OSD of the 250 allowed');
  });

  it('says who takes the room', () => {
    const pools = [pool(1, 100, 3), pool(2, 50, 3), pool(3, 40, 3), pool(4, 30, 3), pool(5, 30, 3)];
    const full = roomFor(cluster(treeOf(three), pools), rule(0));
    assert.equal(
      roomInWords(full, 3),
      '3 OSDs are in × 250 = 750 allowed. 750 are taken: pool1 300, pool2 150, pool3 120, pool4 90, and 1 more. Nothing is left.',
    );
  });
});

describe('where a CRUSH rule can put data', () => {
  const tree = treeOf([{ osds: 2 }, { osds: 1, out: 1 }, { osds: 2, deviceClass: 'ssd' }]);

  it('is below what it takes, of the class it takes, and in', () => {
    assert.deepEqual(
      placementOf(rule(0), tree).osds.map(({ id }) => id),
      [0, 1, 3, 4],
    );
    assert.deepEqual(
      placementOf(rule(0, 'ssd'), tree).osds.map(({ id }) => id),
      [3, 4],
    );
    const elsewhere = { ...rule(0), takes: [{ root: 'other', deviceClass: undefined }] };
    assert.deepEqual(placementOf(elsewhere, tree), { osds: [], domains: 0 });
  });

  it('has as many places as there are failure domains with an OSD that is in', () => {
    assert.equal(placementOf(rule(0), tree).domains, 2);
    assert.equal(placementOf(rule(0, 'hdd', 'osd'), tree).domains, 2);
    assert.equal(placementOf({ ...rule(0), failureDomain: undefined }, tree).domains, undefined);
    assert.deepEqual(
      [...failureDomains(tree)],
      [
        ['host', 2],
        ['osd', 4],
      ],
    );
  });
});
