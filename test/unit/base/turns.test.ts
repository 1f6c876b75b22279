import assert from 'node:assert/strict';
import { setImmediate as later } from 'node:timers/promises';
import { Turns } from '../../../src/base/turns.ts';

describe('turns', () => {
  it('let only so many go on at once, in their order, and go on after a failure', async () => {
    const turns = new Turns(2);
    const begun: number[] = [];
    let [now, most] = [0, 0];
    const works = Array.from({ length: 6 }, (_, index) =>
      turns.run(async () => {
        begun.push(index);
        now += 1;
        most = Math.max(most, now);
        await later();
        now -= 1;
        if (index === 1) throw new Error('no luck');
      }),
    );
    const results = await Promise.allSettled(works);
    assert.equal(most, 2);
    assert.deepEqual(begun, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(
      results.map(({ status }) => status === 'rejected'),
      [false, true, false, false, false, false],
    );
  });
});
