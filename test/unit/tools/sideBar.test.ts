import assert from 'node:assert/strict';
import { findRow } from '../../ui/support/sideBar.ts';

describe('finding a row of a tree', () => {
  const rows = [
    { name: 'Host kvm1, connected', level: 1 },
    { name: 'Pools', level: 2 },
    { name: 'Pool rbd, active', level: 3 },
    { name: 'Host kvm10, connected', level: 1 },
    { name: 'Pools', level: 2 },
    { name: 'Pool rbd, inactive', level: 3 },
    { name: 'Pool other, active', level: 3 },
  ].map((row, index) => ({ ...row, index, id: `row${index}` }));
  const find = (...path: readonly (string | RegExp)[]): string | undefined => findRow(rows, path)?.id;

  it('takes the whole name, or what stands before the first comma', () => {
    assert.equal(find('Host kvm1, connected'), 'row0');
    assert.equal(find('Host kvm1'), 'row0');
    assert.equal(find('Host kvm10'), 'row3');
    assert.equal(find('Host kvm'), undefined);
    assert.equal(find(/inactive$/), 'row5');
  });

  it('looks below the row that was named before', () => {
    assert.equal(find('Host kvm1', 'Pool rbd'), 'row2');
    assert.equal(find('Host kvm10', 'Pools', 'Pool rbd'), 'row5');
    assert.equal(find('Host kvm1', 'Pool other'), undefined);
  });

  it('goes on to the next row of that name when the first has nothing of it below', () => {
    assert.equal(find('Pools', 'Pool other'), 'row6');
  });
});
