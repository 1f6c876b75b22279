import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/xml/edits.ts';
import { removeElement } from '../../../src/xml/elementEdits.ts';
import { elementsOf } from '../../../src/xml/queries.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';

describe('removeElement', () => {
  for (const [what, before, after] of [
    ['with its line', '<a>\n  <x/>\n  <b/>\n</a>', '<a>\n  <b/>\n</a>'],
    ['with all its lines', '<a>\r\n\t<x>\r\n\t\t<y/>\r\n\t</x> \r\n</a>', '<a>\r\n</a>'],
    ['alone when its line holds more', '<a>\n  <x/><b/>\n</a>', '<a>\n  <b/>\n</a>'],
    ['alone when something stands before it', '<a>\n  <b/><x/>\n</a>', '<a>\n  <b/>\n</a>'],
    ['alone when all is on one line', '<a><x/></a>', '<a></a>'],
    ['and nothing before a comment on its line', '<a>\n  <x/> <!-- c -->\n</a>', '<a>\n   <!-- c -->\n</a>'],
    ['at the end of the text', '<a/>\n<x/>', '<a/>\n'],
  ] as const) {
    it(`goes ${what}`, () => {
      const document = scan(before);
      const x = [...elementsOf(document)].find(({ name }) => name === 'x')!;
      assert.equal(applyEdits(before, [removeElement(document, x)]), after);
    });
  }
});
