import assert from 'node:assert/strict';
import { columns } from '../../../../../src/ui/commands/reports/columns.ts';

describe('columns of a report', () => {
  it('stand below each other', () => {
    assert.deepEqual(
      columns([
        ['4 MiB', 'web1'],
        ['512 bytes', 'a long name'],
      ]),
      ['4 MiB      web1', '512 bytes  a long name'],
    );
  });

  it('also where characters are twice as wide', () => {
    assert.deepEqual(
      columns([
        ['大小', 'x'],
        ['size', 'y'],
      ]),
      ['大小  x', 'size  y'],
    );
  });

  it('leave nothing behind a line that ends early', () => {
    assert.deepEqual(
      columns([
        ['a', ''],
        ['bcd', 'e'],
      ]),
      ['a', 'bcd  e'],
    );
  });
});
