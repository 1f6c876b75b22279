import assert from 'node:assert/strict';
import { comparisonTable, figureTable, targetTable } from '../../../../tools/bench/tables.ts';

describe('tables of measurements', () => {
  it('compare each way with the first', () => {
    const table = comparisonTable({
      title: 'A list',
      of: 'ways',
      ways: [
        { name: 'ours', samples: [{ seconds: 0.2, roundTrips: 12, calls: 16, bytes: 98_400 }] },
        { name: 'theirs', samples: [{ seconds: 50 }, { seconds: 54 }, { seconds: 53 }] },
        { name: 'hung', samples: [], instead: 'no answer' },
      ],
    });
    assert.equal(
      table,
      [
        'A list',
        '           median     from       to  runs  ratio  round trips  calls  KB',
        'ours      0.200 s  0.200 s  0.200 s     1   1.0×           12     16  98',
        'theirs     53.0 s   50.0 s   54.0 s     3   265×',
        'hung    no answer',
      ].join('\n'),
    );
  });

  it('have no ratio when the first way has no time, and for stages', () => {
    const sample = { seconds: 2 };
    const late = { name: 'ours', samples: [], instead: 'no answer' };
    const ways = [late, { name: 'theirs', samples: [sample] }];
    assert.equal(comparisonTable({ title: 'A list', of: 'ways', ways }).includes('×'), false);
    const stages = [
      { name: 'first', samples: [sample] },
      { name: 'second', samples: [sample] },
    ];
    assert.equal(comparisonTable({ title: 'A list', of: 'stages', ways: stages }).includes('×'), false);
  });

  it('show figures with their range, where there was more than one run', () => {
    const table = figureTable([
      { name: 'activation', values: [17, 19, 30], unit: 'ms' },
      { name: 'size', values: [1234.5], unit: 'KB' },
    ]);
    assert.deepEqual(table.split('\n').slice(1), [
      'activation      19  ms    17  30     3',
      'size          1235  KB               1',
    ]);
  });

  it('say of each target whether it is reached', () => {
    const table = targetTable([
      { name: 'tree', limit: 0.6, unit: 's', value: 0.714 },
      { name: 'activation', limit: 20, below: true, unit: 'ms', value: 12 },
    ]);
    assert.deepEqual(table.split('\n').slice(1), [
      'tree        ≤ 0.6 s   0.714 s   MISSED',
      'activation  < 20 ms     12 ms  reached',
    ]);
  });
});
