import assert from 'node:assert/strict';
import type { Diagnostic, Judge } from '../../../../tools/corpus/ownEngine.ts';
import { stricterCase } from '../../../../tools/corpus/stricterCases.ts';

/** Takes numbers of digits alone. */
const judge: Judge = (_, text) =>
  Array.from(text.matchAll(/='([^']*)'/g)).flatMap((match): Diagnostic[] => {
    const [, value = ''] = match;
    const start = match.index + 2;
    return /^\d+$/.test(value) ? [] : [{ range: { start, end: start + value.length }, message: 'no number' }];
  });

function explained(
  text: string,
  jing: readonly { line: number; message: string }[] = [],
): string | undefined {
  return stricterCase({ schema: 'a.rng', text, own: judge('a.rng', text), jing }, judge);
}

const space = 'white space around a number that a pattern restricts';
const sign = 'a sign before a number that is to have none';

describe('documents in which libvirt is stricter than RELAX NG', () => {
  it('have white space around a number, or a sign before it', () => {
    assert.equal(explained("<a b=' 4'/>"), space);
    assert.equal(explained("<a b='4 ' c='\n5'/>"), space);
    assert.equal(explained("<a b='-0'/>"), sign);
    assert.equal(explained("<a b='+7' c=' 8 '/>"), `${space} and ${sign}`);
  });

  it('are not those in which something else is wrong, too', () => {
    assert.equal(explained("<a b='x'/>"), undefined);
    assert.equal(explained("<a b=' x'/>"), undefined);
    assert.equal(explained("<a b='-1'/>"), undefined);
    assert.equal(explained("<a b=' 4' c='x'/>"), undefined);
  });

  it('are not those that jing refuses', () => {
    assert.equal(explained("<a b=' 4'/>", [{ line: 1, message: 'no' }]), undefined);
  });
});
