import assert from 'node:assert/strict';
import type { CephPool, CephPoolUsage } from '../../../../../src/ceph/cephPools.ts';
import {
  groupsInWords,
  quotaInWords,
  redundancyInWords,
  troublesOf,
} from '../../../../../src/ui/explorer/clusters/cephPoolWords.ts';

const sound: CephPool = {
  id: 1,
  name: 'vms',
  type: 'replicated',
  size: 3,
  minSize: 2,
  erasureCodeProfile: undefined,
  placementGroups: 32,
  placementGroupsTarget: 32,
  autoscale: 'on',
  crushRule: 0,
  applications: ['rbd'],
  quotaBytes: 0,
  quotaObjects: 0,
  flags: ['hashpspool'],
  chunks: undefined,
  targetRatio: 0,
};
const usage: CephPoolUsage = { name: 'vms', stored: 95, used: 285, available: 1000, objects: 10 };

function troubles(change: Partial<CephPool>): readonly (readonly [string, boolean])[] {
  return troublesOf({ ...sound, ...change }, usage).map(({ words, isError }) => [words, isError] as const);
}

describe('what is said of a Ceph pool', () => {
  it('is how its data is kept safe', () => {
    assert.equal(redundancyInWords(sound), '×3');
    const coded = { ...sound, type: 'erasure', size: 6 } as const;
    assert.equal(redundancyInWords({ ...coded, chunks: { data: 4, coding: 2 } }), 'EC 4+2');
    assert.equal(redundancyInWords(coded), 'EC of 6 chunks');
  });

  it('is how finely it is split, and where Ceph is going', () => {
    assert.equal(groupsInWords(sound), '32 PGs');
    assert.equal(groupsInWords({ ...sound, placementGroupsTarget: 128 }), '32 → 128 PGs');
  });

  it('is its quota, if it has one', () => {
    assert.equal(quotaInWords(sound), undefined);
    assert.equal(
      quotaInWords({ ...sound, quotaBytes: 5 * 2 ** 30, quotaObjects: 1000 }),
      '5 GiB, 1000 objects',
    );
  });

  it('is what is wrong with it, what stops guests as an error', () => {
    assert.deepEqual(troubles({}), []);
    assert.deepEqual(troubles({ flags: ['full', 'full_quota'], quotaBytes: 90 }), [
      ['quota reached: nothing can be written', true],
    ]);
    assert.deepEqual(troubles({ flags: ['full', 'backfillfull', 'nearfull'] }), [
      ['full: nothing can be written', true],
      ['too full to recover', false],
      ['nearly full', false],
    ]);
    assert.deepEqual(troubles({ quotaBytes: 100 }), [['near its quota', false]]);
    assert.deepEqual(troubles({ quotaObjects: 11 }), [['near its quota', false]]);
    assert.deepEqual(troubles({ quotaBytes: 1000, applications: [] }), [['no application', false]]);
    assert.deepEqual(troubles({ size: 1, minSize: 1 }), [['a single copy', false]]);
    assert.deepEqual(troubles({ minSize: 1 }), [['goes on with one copy', false]]);
  });
});
