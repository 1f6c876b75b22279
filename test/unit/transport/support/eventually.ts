import assert from 'node:assert/strict';

/** Waits until something that takes its time has come true. */
export async function eventually(isTrue: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail(`never came true: ${what}`);
}
