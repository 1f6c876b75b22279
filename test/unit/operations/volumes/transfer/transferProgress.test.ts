import assert from 'node:assert/strict';
import type { Progress } from '../../../../../src/base/progress.ts';
import {
  duration,
  TransferProgress,
} from '../../../../../src/operations/volumes/transfer/transferProgress.ts';

const MiB = 1024 * 1024;

describe('the progress of a transfer', () => {
  it('tells bytes at once, rate and rest when they can be known, and not too often', () => {
    let now = 0;
    const told: Progress[] = [];
    const progress = new TransferProgress(
      400 * MiB,
      (one) => told.push(one),
      () => now,
    );
    progress.add(MiB);
    now = 100;
    progress.add(MiB);
    now = 2000;
    progress.add(98 * MiB);
    assert.deepEqual(told, [
      { fraction: 1 / 400, message: '1 MiB of 400 MiB' },
      { fraction: 0.25, message: '100 MiB of 400 MiB · 50 MiB/s · 6 s left' },
    ]);
  });

  it('of a file that grows meanwhile stays below the end', () => {
    const told: Progress[] = [];
    const progress = new TransferProgress(
      MiB,
      (one) => told.push(one),
      () => 0,
    );
    progress.add(2 * MiB);
    assert.equal(told[0]?.fraction, 1);
  });

  it('says times as people do', () => {
    assert.deepEqual([0.2, 89, 90, 3600, 7000, 90_000].map(duration), [
      '1 s',
      '89 s',
      '2 min',
      '60 min',
      '1 h 57 min',
      '25 h 0 min',
    ]);
  });
});
