import assert from 'node:assert/strict';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { collectPieces } from '../../../../tools/corpus/edits/pieces.ts';
import { editRandomly } from '../../../../tools/corpus/edits/randomEdits.ts';
import { Random } from '../../../../tools/corpus/random.ts';

const texts = [
  "<pool type='rbd'><name>a</name><source><host name='h'/><name>p</name></source></pool>",
  "<pool type='dir'><name>b</name><target><path>/x &amp; y</path></target></pool>",
];

function editedWith(seed: number): string[] {
  const random = new Random(seed);
  const pieces = collectPieces(texts);
  return Array.from({ length: 200 }, () => editRandomly(random.pick(texts) ?? '', pieces, random));
}

describe('documents edited at random', () => {
  it('are the same ones for the same seed', () => {
    assert.deepEqual(editedWith(1), editedWith(1));
    assert.notDeepEqual(editedWith(1), editedWith(2));
  });

  it('are changed, mostly', () => {
    assert.ok(editedWith(1).filter((edited) => !texts.includes(edited)).length > 150);
  });

  it('stay well-formed', () => {
    for (const edited of editedWith(3)) assert.deepEqual(scan(edited).faults, [], edited);
  });
});
