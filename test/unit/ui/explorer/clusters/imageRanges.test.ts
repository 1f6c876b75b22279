import assert from 'node:assert/strict';
import { rangesOf } from '../../../../../src/ui/explorer/clusters/imageRanges.ts';

function rows(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

describe('ranges of very many images', () => {
  it('are not made of a list that a window draws without delay', () => {
    assert.deepEqual(rangesOf(rows(0)), []);
    assert.deepEqual(rangesOf(rows(1000)), []);
  });

  it('hold all of them in their order, about as many each', () => {
    for (const count of [1001, 5000, 5001, 12_345]) {
      const ranges = rangesOf(rows(count));
      assert.deepEqual(ranges.flat(), rows(count));
      for (const range of ranges)
        assert.ok(range.length > 100 && range.length <= 200, `${range.length} of ${count}`);
    }
  });
});
