import assert from 'node:assert/strict';
import {
  clientNeeds,
  featureChange,
  featuresAfter,
  needsInWords,
} from '../../../../../src/operations/images/features/featureChange.ts';

const usual = ['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten'];

describe('changing the features of an image', () => {
  it('switches those off together that need each other', () => {
    const change = featureChange(usual, ['layering']);
    assert.deepEqual(change, { off: ['exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten'], on: [] });
    assert.deepEqual(featuresAfter(usual, change), ['layering']);
  });

  it('switches on what the wanted ones need, the object map with fast-diff', () => {
    assert.deepEqual(featureChange(['layering'], ['fast-diff']).on, [
      'exclusive-lock',
      'object-map',
      'fast-diff',
    ]);
    assert.deepEqual(featureChange(['layering'], ['object-map']).on, [
      'exclusive-lock',
      'object-map',
      'fast-diff',
    ]);
    assert.deepEqual(featureChange(['layering'], ['journaling']).on, ['exclusive-lock', 'journaling']);
  });

  it('leaves what an image was made with, and never switches deep-flatten on', () => {
    const made = ['layering', 'striping', 'data-pool', 'operations'];
    assert.deepEqual(featureChange(made, []), { off: [], on: [] });
    assert.deepEqual(featureChange(['layering'], ['deep-flatten']), { off: [], on: [] });
    assert.deepEqual(featureChange(usual, usual), { off: [], on: [] });
  });
});

describe('what clients need for features', () => {
  it('is the newest of all, numbers being numbers', () => {
    assert.deepEqual(clientNeeds(usual), { librbd: '9.0.2 (Infernalis)', kernel: '5.3', unmappable: [] });
    assert.deepEqual(clientNeeds(['layering']), { librbd: '0.52 (Bobtail)', kernel: '3.10', unmappable: [] });
    assert.equal(clientNeeds([...usual, 'data-pool']).librbd, '11.1.0 (Kraken)');
    assert.equal(clientNeeds(['layering', 'striping']).kernel, '4.17');
  });

  it('names what no kernel can map', () => {
    assert.deepEqual(clientNeeds([...usual, 'journaling']).unmappable, ['journaling']);
    assert.match(needsInWords(['journaling']), /no kernel maps it \(rbd map\), because of journaling/);
  });
});
