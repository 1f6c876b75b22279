import assert from 'node:assert/strict';
import { nearest } from '../../../src/base/nearest.ts';

describe('nearest', () => {
  it('finds what differs by case, by a letter, by two letters that are swapped', () => {
    assert.deepEqual(nearest('Disk', ['driver', 'disk', 'disks']), ['disk', 'disks']);
    assert.deepEqual(nearest('vnc', ['vcn', 'spice', 'vnx', 'sdl']), ['vcn', 'vnx']);
    assert.deepEqual(nearest('adress', ['address', 'addresses']), ['address']);
  });

  it('puts the likest first and keeps the order of those that are alike', () => {
    assert.deepEqual(nearest('vm-disk1', ['vm-dsk2', 'vm-disk2', 'vm-disk3', 'vm-disk1']), [
      'vm-disk1',
      'vm-disk2',
      'vm-disk3',
      'vm-dsk2',
    ]);
  });

  it('allows one edit in three letters, and one in short words', () => {
    assert.deepEqual(nearest('abcdef', ['abcdxy', 'abcxyz']), ['abcdxy']);
    assert.deepEqual(nearest('ab', ['ac', 'cd', 'a', 'abc']), ['ac', 'a', 'abc']);
    assert.deepEqual(nearest('', ['', 'a', 'ab']), ['', 'a']);
  });

  it('is quick with thousands of long candidates', () => {
    const candidates = Array.from({ length: 5000 }, (_, i) => `${'x'.repeat(2000)}${i}`);
    assert.deepEqual(nearest('y'.repeat(60), candidates), []);
  });
});
