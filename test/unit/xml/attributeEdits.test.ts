import assert from 'node:assert/strict';
import { addAttributes, replaceValue } from '../../../src/xml/attributeEdits.ts';
import type { XmlDocument, XmlElement } from '../../../src/xml/document.ts';
import { applyEdits, type TextEdit } from '../../../src/xml/edits.ts';
import { attributeNamed } from '../../../src/xml/queries.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';

function edited(text: string, edit: (document: XmlDocument, root: XmlElement) => TextEdit): string {
  const document = scan(text);
  return applyEdits(text, [edit(document, document.root!)]);
}

describe('replaceValue', () => {
  const replaced = (text: string, value: string): string =>
    edited(text, (document, root) => replaceValue(document, attributeNamed(root, 'b')!, value));

  it('keeps the quotes and escapes the value for them', () => {
    assert.equal(replaced(`<a b='1' c="2"/>`, `it's "<"`), `<a b='it&apos;s "&lt;"' c="2"/>`);
    assert.equal(replaced(`<a b="1"/>`, `it's "`), `<a b="it's &quot;"/>`);
    assert.equal(replaced(`<a b=''/>`, 'x'), `<a b='x'/>`);
  });

  it('adds a value to an attribute that has none', () => {
    assert.equal(replaced('<a b/>', 'x'), `<a b='x'/>`);
    assert.equal(replaced('<a b = />', 'x'), `<a b='x' />`);
  });
});

describe('addAttributes', () => {
  const added = (text: string): string =>
    edited(text, (document, root) => addAttributes(document, root, { x: '1', y: `'` }));

  for (const [before, after] of [
    ['<a/>', `<a x='1' y='&apos;'/>`],
    ['<a />', `<a x='1' y='&apos;' />`],
    ['<a b="c">t</a>', `<a b="c" x="1" y="'">t</a>`],
    [`<a b='c' ></a>`, `<a b='c' x='1' y='&apos;' ></a>`],
    ['<a><b c="d"/></a>', `<a x="1" y="'"><b c="d"/></a>`],
    [`<a\n  b='c'\n/>`, `<a\n  b='c'\n  x='1'\n  y='&apos;'\n/>`],
  ] as const) {
    it(JSON.stringify(before), () => {
      assert.equal(added(before), after);
    });
  }
});
