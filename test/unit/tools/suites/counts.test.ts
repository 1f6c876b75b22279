import assert from 'node:assert/strict';
import {
  countsOfProcess,
  requireTests,
  resultTable,
  sumCounts,
  summaryLine,
} from '../../../../tools/suites/counts.ts';

describe('counts of test suites', () => {
  it('are summed', () => {
    const total = sumCounts([
      { passed: 3, failed: 0 },
      { passed: 1, failed: 2 },
    ]);
    assert.deepEqual(total, { passed: 4, failed: 2 });
    assert.equal(summaryLine(total), '4 passed, 2 failed');
    assert.deepEqual(sumCounts([]), { passed: 0, failed: 0 });
  });

  it('have a failure when the process told none', () => {
    assert.deepEqual(countsOfProcess(undefined, 0), { passed: 0, failed: 1 });
    assert.deepEqual(countsOfProcess(undefined, 1), { passed: 0, failed: 1 });
  });

  it('have a failure when all passed but the process did not end well', () => {
    assert.deepEqual(countsOfProcess({ passed: 5, failed: 0 }, 1), { passed: 5, failed: 1 });
    assert.deepEqual(countsOfProcess({ passed: 5, failed: 0 }, undefined), { passed: 5, failed: 1 });
  });

  it('stand as told otherwise', () => {
    assert.deepEqual(countsOfProcess({ passed: 5, failed: 0 }, 0), { passed: 5, failed: 0 });
    assert.deepEqual(countsOfProcess({ passed: 5, failed: 2 }, 1), { passed: 5, failed: 2 });
  });

  it('have a failure when nothing ran', () => {
    assert.deepEqual(requireTests({ passed: 0, failed: 0 }), { passed: 0, failed: 1 });
    assert.deepEqual(requireTests({ passed: 1, failed: 0 }), { passed: 1, failed: 0 });
  });

  it('are shown as a table', () => {
    const table = resultTable([
      { title: 'unit and wire', counts: { passed: 120, failed: 0 }, seconds: 9.6 },
      { title: 'lab', counts: { passed: 8, failed: 1 }, seconds: 61 },
    ]);
    assert.equal(
      table,
      [
        'suite          passed  failed  time',
        'unit and wire     120       0  10 s',
        'lab                 8       1  61 s',
      ].join('\n'),
    );
  });
});
