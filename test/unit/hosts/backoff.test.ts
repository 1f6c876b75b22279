import assert from 'node:assert/strict';
import { reconnectDelay } from '../../../src/hosts/backoff.ts';

describe('waiting before a reconnect', () => {
  it('grows to a minute and stays there', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 100].map((attempt) => reconnectDelay(attempt, 0.5));
    assert.deepEqual(delays, [1000, 2000, 5000, 10_000, 30_000, 60_000, 60_000, 60_000]);
  });

  it('is spread by a fifth', () => {
    assert.deepEqual([reconnectDelay(2, 0), reconnectDelay(2, 0.999_999)], [4000, 6000]);
  });
});
