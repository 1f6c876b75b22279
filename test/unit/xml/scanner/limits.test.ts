import assert from 'node:assert/strict';
import { elementsOf } from '../../../../src/xml/queries.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

describe('scan: hostile documents', () => {
  it('stops at 256 levels with one fault', () => {
    const document = scan('<a>'.repeat(100_000));
    assert.deepEqual(
      document.faults.map(({ kind }) => kind),
      ['too-deep'],
    );
    assert.equal([...elementsOf(document)].length, 256);
    assert.deepEqual(scan('<a>'.repeat(256) + '</a>'.repeat(256)).faults, []);
  });

  it('expands nothing that a document type declares', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY x "${'y'.repeat(1000)}"><!ENTITY z SYSTEM "file:///etc/passwd">]><a>&x;&z;</a>`;
    const document = scan(bomb);
    assert.deepEqual(
      document.faults.map(({ kind }) => kind),
      ['unknown-entity', 'unknown-entity'],
    );
    assert.equal((document.root?.children[0] as { value: string }).value, '&x;&z;');
  });

  // A scanner that looks to the end of the text for each of these would not finish within the test's time.
  for (const bit of [
    '</x>',
    '<a></x>',
    '<!-- \n',
    '<!-- <!--',
    '<',
    '<a ',
    `<a b='`,
    '<![CDATA[\n',
    '<?',
    '&',
    '<a </x ',
    '"',
    `x='`,
  ]) {
    it(`gets through 300 kB of ${JSON.stringify(bit)}`, () => {
      assert.notDeepEqual(scan(bit.repeat(300_000 / bit.length)).faults, []);
    }).timeout(20_000);
  }

  it('gets through a tag with very many attributes', () => {
    const attributes = Array.from({ length: 50_000 }, (_, n) => `a${n}=''`).join(' ');
    assert.equal(scan(`<x ${attributes}/>`).root?.attributes.length, 50_000);
  }).timeout(20_000);
});
