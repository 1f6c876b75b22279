import assert from 'node:assert/strict';
import {
  choosableFeatures,
  defaultObjectSize,
  largestMapped,
  objectSizes,
  oldClientFeatures,
  withNeededFeatures,
} from '../../../../src/operations/images/newImageFeatures.ts';

describe('features of a new RBD image', () => {
  it('come with what they need, in the order of Ceph', () => {
    assert.deepEqual(withNeededFeatures(['fast-diff']), ['exclusive-lock', 'object-map', 'fast-diff']);
    assert.deepEqual(withNeededFeatures(['journaling', 'layering']), [
      'layering',
      'exclusive-lock',
      'journaling',
    ]);
    assert.deepEqual(withNeededFeatures([...choosableFeatures].reverse()), choosableFeatures);
    assert.deepEqual(withNeededFeatures(oldClientFeatures), ['layering']);
    assert.deepEqual(withNeededFeatures([]), []);
  });

  it('have objects of 4 KiB to 32 MiB, 4 MiB as a rule', () => {
    assert.equal(objectSizes[0], 4096);
    assert.equal(objectSizes.at(-1), 32 * 2 ** 20);
    assert.ok(objectSizes.includes(defaultObjectSize));
  });

  it('allow an object map of images of some size only', () => {
    assert.equal(largestMapped(4 * 2 ** 20), 256_000_000 * 4 * 2 ** 20);
  });
});
