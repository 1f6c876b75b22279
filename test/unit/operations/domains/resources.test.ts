import assert from 'node:assert/strict';
import { moveLimit, readResources } from '../../../../src/operations/domains/resources.ts';

describe('the CPUs and memory of a domain', () => {
  it('are read in KiB, with what they may grow to', async () => {
    const xml = `<domain><memory unit='GiB'>2</memory><currentMemory unit='KiB'>1048576</currentMemory>
      <vcpu placement='static' current='2'>4</vcpu></domain>`;
    assert.deepEqual(await readResources(xml), {
      vcpus: { current: 2, maximum: 4 },
      memoryKiB: { current: 1_048_576, maximum: 2_097_152 },
    });
  });

  it('have no room where the definition says nothing', async () => {
    assert.deepEqual(await readResources("<domain><memory unit='MiB'>1</memory></domain>"), {
      vcpus: { current: 1, maximum: 1 },
      memoryKiB: { current: 1024, maximum: 1024 },
    });
  });

  const off = { live: false, next: true };
  const on = { live: true, next: true };

  it('get a higher limit where it is too low', () => {
    assert.equal(moveLimit(5, { current: 1, maximum: 4 }, off), true);
    assert.equal(moveLimit(4, { current: 1, maximum: 4 }, off), false);
  });

  it('get a lower one only where there was no room, and not for what may go up again', () => {
    assert.equal(moveLimit(2, { current: 4, maximum: 4 }, off), true);
    assert.equal(moveLimit(2, { current: 3, maximum: 4 }, off), false);
    assert.equal(moveLimit(2, { current: 4, maximum: 4 }, on), false);
    assert.equal(moveLimit(4, { current: 4, maximum: 4 }, off), false);
  });
});
