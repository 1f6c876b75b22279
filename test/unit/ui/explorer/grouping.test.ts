import assert from 'node:assert/strict';
import { namePrefix, sharedPrefixes } from '../../../../src/ui/explorer/grouping.ts';

describe('the prefix of a name', () => {
  it('ends at the first number or separator', () => {
    const prefixes = ['web-01', 'web01', 'web_front-2', 'db.example.org', 'cache'].map(namePrefix);
    assert.deepEqual(prefixes, ['web', 'web', 'web', 'db', 'cache']);
  });

  it('of a name without letters before is what there is', () => {
    assert.deepEqual(['01', '', '-x-1', '数据库1'].map(namePrefix), ['', '', '-x', '数据库']);
  });

  it('makes a group only where several names share it', () => {
    assert.deepEqual([...sharedPrefixes(['web1', 'Web2', 'db1', '01', '02'])], ['web']);
  });
});
