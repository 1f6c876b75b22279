import assert from 'node:assert/strict';
import { isReached, median, medianOf, Samples } from '../../../../tools/bench/results.ts';

describe('results of measurements', () => {
  it('have a median, in whatever order they came', () => {
    assert.equal(median([7]), 7);
    assert.equal(median([30, 1, 2]), 2);
    assert.equal(median([10, 1, 3, 2]), 2.5);
    assert.throws(() => median([]), /no median/);
  });

  it('have a median of what some of the runs say', () => {
    const samples = [{ seconds: 1, calls: 12 }, { seconds: 3 }, { seconds: 2, calls: 14 }];
    assert.equal(medianOf(samples, 'seconds'), 2);
    assert.equal(medianOf(samples, 'calls'), 13);
    assert.equal(medianOf(samples, 'roundTrips'), undefined);
  });

  it('are kept by way, in the order in which the ways first came', () => {
    const samples = new Samples();
    samples.add('ours', { seconds: 1 });
    samples.add('theirs', { seconds: 5 });
    samples.add('ours', { seconds: 2 });
    assert.deepEqual(samples.ways, [
      { name: 'ours', samples: [{ seconds: 1 }, { seconds: 2 }] },
      { name: 'theirs', samples: [{ seconds: 5 }] },
    ]);
  });

  it('reach a target at its limit, unless they have to be below it', () => {
    const target = { name: 'size', limit: 12, unit: 'KB' };
    assert.equal(isReached({ ...target, value: 12 }), true);
    assert.equal(isReached({ ...target, value: 12.1 }), false);
    assert.equal(isReached({ ...target, value: 12, below: true }), false);
    assert.equal(isReached({ ...target, value: 11.9, below: true }), true);
    assert.equal(isReached({ ...target, value: NaN }), false);
  });
});
