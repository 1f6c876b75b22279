import assert from 'node:assert/strict';
import { CancelledError, TimeoutError } from '../../../src/base/errors.ts';
import { waitFor } from '../../../src/base/waiting.ts';

const never = new Promise<never>(() => undefined);
const silence = (): string => 'no answer';

describe('waitFor', () => {
  it('gives what the work gives', async () => {
    assert.equal(await waitFor(Promise.resolve(7), { timeoutMs: 1000 }, silence), 7);
    await assert.rejects(
      waitFor(Promise.reject(new RangeError('r')), { timeoutMs: 1000 }, silence),
      RangeError,
    );
  });

  it('ends with the timeout and says for what', async () => {
    await assert.rejects(
      waitFor(never, { timeoutMs: 5 }, silence),
      (error) => error instanceof TimeoutError && error.message === 'no answer',
    );
  });

  it('ends when the signal aborts, before or meanwhile', async () => {
    await assert.rejects(waitFor(never, { signal: AbortSignal.abort() }, silence), CancelledError);
    const abort = new AbortController();
    const wait = waitFor(never, { signal: abort.signal }, silence);
    abort.abort();
    await assert.rejects(wait, CancelledError);
  });
});
