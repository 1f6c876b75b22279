import assert from 'node:assert/strict';
import { allNearest, differenceOf, nearest } from '../../../../src/xml/relaxng/nearest.ts';

describe('what somebody meant', () => {
  const options = ['memory', 'memtune', 'name', 'vcpu', 'cpu', 'devices', 'on_crash', 'on_reboot'];

  const cases: readonly (readonly [string, string | undefined])[] = [
    ['memroy', 'memory'],
    ['Memory', 'memory'],
    ['MEMORI', 'memory'],
    ['mem', 'memory'],
    ['memo', 'memory'],
    ['vcpus', 'vcpu'],
    ['vpcu', 'vcpu'],
    ['on-crash', 'on_crash'],
    ['nmae', 'name'],
    ['xyz', undefined],
    ['', undefined],
    ['m'.repeat(100_000), undefined],
  ];
  for (const [written, meant] of cases) {
    it(`is told by what looks alike: ${written.slice(0, 20)} is ${meant ?? 'nothing'}`, () => {
      assert.equal(nearest(written, options), meant);
    });
  }

  it('may be several', () => {
    assert.deepEqual(allNearest('ppc4', ['ppc', 'ppc64', 's390']), ['ppc', 'ppc64']);
  });

  it('is measured in letters changed, added, left out or swapped', () => {
    assert.equal(differenceOf('virtio', 'virtio'), 0);
    assert.equal(differenceOf('virtoi', 'virtio'), 1);
    assert.equal(differenceOf('virto', 'virtio'), 1);
    assert.equal(differenceOf('vertiio', 'virtio'), 2);
    assert.equal(differenceOf('', 'abc'), 3);
  });
});
