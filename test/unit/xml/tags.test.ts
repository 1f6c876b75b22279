import assert from 'node:assert/strict';
import { scan } from '../../../src/xml/scanner/scan.ts';
import { areTwins, tagNamesAt } from '../../../src/xml/tags.ts';

/** The names found at `|`, and whether they are the same. */
function namesAt(withCursor: string): string | undefined {
  const offset = withCursor.indexOf('|');
  const document = scan(withCursor.replace('|', ''));
  const names = tagNamesAt(document, offset);
  if (names === undefined) return undefined;
  const at = ({ start, end }: { start: number; end: number }): string =>
    `${start}:${document.text.slice(start, end)}`;
  return `${at(names.start)} ${at(names.end)}${areTwins(document, names) ? '' : ' differ'}`;
}

describe('tagNamesAt', () => {
  for (const [withCursor, expected] of [
    ['<|disk></disk>', '1:disk 8:disk'],
    ['<disk|></disk>', '1:disk 8:disk'],
    ['<disk></d|isk>', '1:disk 8:disk'],
    ['<disk></disk|  >', '1:disk 8:disk'],
    ['<a><|b/></a>', undefined],
    ['<a>|</a>', undefined],
    ['<a><|/a>', undefined],
    ['<a b|="c"></a>', undefined],
    ['<q:|a xmlns:q="u"></q:a>', '1:q:a 19:q:a'],
    ['<d><na|me>x</nmae></d>', '4:name 12:nmae differ'],
    ['<a><b|></a>', undefined],
    ['<a><a><|b></b></a>', '7:b 11:b'],
  ] as const) {
    it(`finds ${expected ?? 'nothing'} in ${withCursor}`, () => {
      assert.equal(namesAt(withCursor), expected);
    });
  }
});
