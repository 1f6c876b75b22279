import assert from 'node:assert/strict';
import { decodeFeatures, encodeFeatures } from '../../../src/ceph/rbdFeatures.ts';

describe('masks of RBD features', () => {
  it('are read as decimal and hexadecimal numbers', () => {
    const usual = ['exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten'];
    assert.deepEqual(decodeFeatures('60'), usual);
    assert.deepEqual(decodeFeatures('61'), ['layering', ...usual]);
    assert.deepEqual(decodeFeatures(' 0x38 '), ['object-map', 'fast-diff', 'deep-flatten']);
    assert.deepEqual(decodeFeatures('0x40'), ['journaling']);
    assert.deepEqual(decodeFeatures('0'), []);
  });

  it('name what nobody knows by its bit', () => {
    assert.deepEqual(decodeFeatures('0x100001'), ['layering', '2^20']);
    assert.deepEqual(decodeFeatures('0x8000000000000000'), ['2^63']);
  });

  it('are told from other texts', () => {
    for (const text of ['', '0x', 'layering', '-1', '1.5', '6 0', '0x10000000000000000'])
      assert.equal(decodeFeatures(text), undefined, text);
  });

  it('are made of names', () => {
    assert.equal(
      encodeFeatures(['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten']),
      61,
    );
    assert.equal(encodeFeatures(['data-pool', 'data-pool', 'nonsense']), 128);
    for (const mask of [1, 5, 61, 125, 4095])
      assert.equal(encodeFeatures(decodeFeatures(String(mask)) ?? []), mask);
  });
});
