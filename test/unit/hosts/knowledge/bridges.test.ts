import assert from 'node:assert/strict';
import { parseBridges } from '../../../../src/hosts/knowledge/bridges.ts';

describe('the bridges of a host', () => {
  it('are in alphabetical order', () => {
    assert.deepEqual(parseBridges('virbr0\nbr0\n'), ['br0', 'virbr0']);
  });

  it('may be none', () => {
    assert.deepEqual(parseBridges(''), []);
  });

  it('are unknown where Open vSwitch does not tell', () => {
    assert.equal(parseBridges('br0\n?\n'), undefined);
  });
});
