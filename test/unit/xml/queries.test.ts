import assert from 'node:assert/strict';
import {
  attributeValue,
  childNamed,
  childrenNamed,
  elementsOf,
  pathOf,
  placeAt,
  textOf,
  textRangeOf,
} from '../../../src/xml/queries.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';

describe('queries', () => {
  const document = scan(
    `<domain type='kvm' xmlns:q='urn:q' q:type='x'><name> a<!-- c -->b\n</name><q:name/><devices><disk/><disk/></devices></domain>`,
  );
  const root = document.root!;

  it('finds children and attributes by name and namespace', () => {
    assert.equal(childrenNamed(root, 'name').length, 1);
    assert.equal(childNamed(root, 'name', 'urn:q')?.name, 'q:name');
    assert.equal(childNamed(root, 'nothing'), undefined);
    assert.equal(attributeValue(root, 'type'), 'kvm');
    assert.equal(attributeValue(root, 'none'), undefined);
  });

  it('gives the text of an element and where it begins', () => {
    const name = childNamed(root, 'name')!;
    assert.equal(textOf(name), ' ab\n');
    const range = textRangeOf(document, name)!;
    assert.equal(document.text.slice(range.start, range.end), 'a');
    assert.equal(textRangeOf(document, childNamed(root, 'devices')!), undefined);
  });

  it('gives paths with numbers only where they are needed', () => {
    assert.deepEqual(Array.from(elementsOf(document), pathOf), [
      '/domain',
      '/domain/name',
      '/domain/q:name',
      '/domain/devices',
      '/domain/devices/disk[1]',
      '/domain/devices/disk[2]',
    ]);
  });
});

describe('placeAt', () => {
  /** The part at `|`, and what it is a part of. */
  const at = (withCursor: string): string => {
    const offset = withCursor.indexOf('|');
    const place = placeAt(scan(withCursor.replace('|', '')), offset);
    const { node } = place;
    const owner = node?.kind === 'element' ? node.name : (node?.kind ?? 'top');
    return `${place.part} ${owner}${'attribute' in place ? `@${place.attribute.name}` : ''}`;
  };

  for (const [withCursor, expected] of [
    ['|<a/>', 'content top'],
    ['<|a/>', 'element-name a'],
    ['<a|/>', 'element-name a'],
    ['<a |/>', 'start-tag a'],
    [`<a |b='1'/>`, 'attribute-name a@b'],
    [`<a b|='1'/>`, 'attribute-name a@b'],
    [`<a b=|'1'/>`, 'start-tag a'],
    [`<a b='|1'/>`, 'attribute-value a@b'],
    [`<a b='1|'/>`, 'attribute-value a@b'],
    [`<a b='|'/>`, 'attribute-value a@b'],
    [`<a b='1'|/>`, 'start-tag a'],
    [`<a b='1'>|</a>`, 'content a'],
    ['<a>x|y</a>', 'content text'],
    ['<a>x|<b/></a>', 'content text'],
    ['<a>|<b/></a>', 'content a'],
    ['<a><b/>|</a>', 'content a'],
    ['<a><!-- | --></a>', 'content comment'],
    ['<a><|/a>', 'end-tag a'],
    ['<a></a|>', 'end-tag a'],
    ['<a></a>|', 'content top'],
    ['<a><b|', 'element-name b'],
    ['<a><b |', 'start-tag b'],
    ['<a>\n<b |\n<c/></a>', 'start-tag b'],
    [`<a><b c='|`, 'attribute-value b@c'],
    [`<a><b c='x|\n<d/></a>`, 'attribute-value b@c'],
    ['<a><b>|', 'content b'],
    ['<a><b>x|', 'content text'],
  ] as const) {
    it(`${withCursor.replaceAll('\n', '\\n')} is ${expected}`, () => {
      assert.equal(at(withCursor), expected);
    });
  }
});
