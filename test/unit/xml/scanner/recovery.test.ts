import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { XmlFaultKind } from '../../../../src/xml/document.ts';
import { childElements, childNamed, elementsOf, pathOf } from '../../../../src/xml/queries.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { marked } from '../marked.ts';

/** One mistake each: what the only fault is, and where. */
const mistakes: readonly (readonly [XmlFaultKind, string])[] = [
  ['unclosed-element', '<a><«b»></a>'],
  ['unclosed-element', '<a>\n  <«b»>\n    <c/>\n'],
  ['unclosed-element', '<a><name>x<«name»><b/></a>'],
  ['unclosed-start-tag', '<a>«<b»\n  <c/></a>'],
  ['unclosed-start-tag', '<a>«<b» x="1"'],
  ['unclosed-start-tag', '<a>«<b»/\n<c/></a>'],
  ['unclosed-start-tag', '<a>«<b»<c/></a>'],
  ['unclosed-end-tag', '<a><b>«</b»\n<c/></a>'],
  ['unclosed-end-tag', '<a><b>«</»\n</a>'],
  ['unclosed-end-tag', '<a><b>«</»'],
  ['mismatched-end-tag', '<a><memory>1«</memroy>»<c/></a>'],
  ['mismatched-end-tag', '<devices><disk><source>«</disk>»<target/></disk></devices>'],
  ['stray-end-tag', '<a><b>«</c>»</b></a>'],
  ['stray-end-tag', '<a/>«</b>»'],
  ['unopened-start-tag', '<a>«b»>1</b></a>'],
  ['unopened-start-tag', '<a>\n«b» c="d">\n<e/>\n</b>\n</a>'],
  ['stray-less-than', '<a>1 «<» 2</a>'],
  ['stray-less-than', '«<»'],
  ['stray-less-than', '<a>«<»<b/></a>'],
  ['stray-less-than', '<a>«<»!x></a>'],
  ['unexpected-character', '<a «&» b="1"/>'],
  ['unexpected-character', '<a «"b c"»/>'],
  ['unexpected-character', `<a b='x'«'» c='y'/>`],
  ['unexpected-character', '<a></a «junk»>'],
  ['missing-space', `<a b='1'«c»='2'/>`],
  ['duplicate-attribute', `<a b='1' «b»='2'/>`],
  ['missing-equals', `<a «b» 'x' c='1'/>`],
  ['missing-value', `<a «b» c='1'/>`],
  ['missing-value', `<a «b=» c='1'/>`],
  ['missing-value', '<a «b=»/>'],
  ['unquoted-value', `<a «b=x» c='1'/>`],
  ['unclosed-value', `<a b=«'x»/>`],
  ['unclosed-value', `<a>\n<b c=«"x»>\n<d e="1"/></b></a>`],
  ['unclosed-value', `<a b=«'x» c='y'/>`],
  ['unclosed-value', `<a b=«'x» c="y">\n</a>`],
  ['unclosed-value', `<a b=«'x»>it's</a>`],
  ['less-than-in-value', `<a b='x«<»y'/>`],
  ['undeclared-prefix', `<a><«q:b»/></a>`],
  ['undeclared-prefix', `<a «q:b»='1'/>`],
  ['bare-ampersand', '<a>x «&» y</a>'],
  ['bare-ampersand', `<a b='x«&»y=1'/>`],
  ['unknown-entity', '<a>«&nbsp;»</a>'],
  ['unknown-entity', '<!DOCTYPE a [<!ENTITY e "x">]><a>«&e;»</a>'],
  ['invalid-reference', '<a>«&#0;»</a>'],
  ['invalid-reference', `<a b='«&#xD800;»'/>`],
  ['invalid-reference', '<a>«&#x110000;»</a>'],
  ['invalid-character', '<a>x«\u0001\u0002»</a>'],
  ['invalid-character', '<a>«\ud800»</a>'],
  ['unclosed-comment', '<a>«<!--» x\n<b/></a>'],
  ['unclosed-comment', '<a>«<!--» x\n<b/><!-- y --></a>'],
  ['hyphens-in-comment', '<a><!-- x «--» y --></a>'],
  ['hyphens-in-comment', '<a><!-- x «--»-></a>'],
  ['unclosed-cdata', '<a>«<![CDATA[»x\n<b/></a>'],
  ['cdata-end-in-text', '<a>x«]]>»</a>'],
  ['unclosed-instruction', '<a>«<?»x\n<b/></a>'],
  ['invalid-instruction', '<a>«<? x?>»</a>'],
  ['invalid-declaration', '«<?xml encoding="UTF-8"?>»<a/>'],
  ['misplaced-declaration', '\n«<?xml version="1.0"?>»<a/>'],
  ['unclosed-doctype', '«<!DOCTYPE» a\n<a/>'],
  ['misplaced-doctype', '<a/>«<!DOCTYPE» a>'],
  ['second-root', '<a/><«b»/>text<c/></d>'],
  ['text-outside-root', '<a/>\n«text»\n<b/>'],
  ['text-outside-root', '«text» <a/>'],
  ['no-root', '«»'],
  ['no-root', '«<!-- x -->»'],
];

describe('scan: one mistake gives one fault', () => {
  for (const [kind, withMarks] of mistakes) {
    it(`${kind}: ${JSON.stringify(withMarks)}`, () => {
      const { text, range } = marked(withMarks);
      const { faults } = scan(text);
      assert.deepEqual(
        faults.map((fault) => ({ kind: fault.kind, range: fault.range })),
        [{ kind, range }],
      );
      assert.doesNotMatch(faults[0]!.message, /\{\d\}/);
    });
  }

  it('reports two mistakes as two, in the order of their places', () => {
    assert.deepEqual(
      scan(`<a b=1><c>x & y</c><d></a>`).faults.map(({ kind }) => kind),
      ['unquoted-value', 'bare-ampersand', 'unclosed-element'],
    );
  });
});

describe('scan: what is left of a broken document', () => {
  const paths = (text: string): string[] => [...elementsOf(scan(text))].map(pathOf);

  it('ends an unclosed element where the indentation says so', () => {
    const text = `<devices>
  <disk type='file'>
    <source file='/a'/>
  <disk type='block'>
    <target dev='b'/>
  </disk>
</devices>`;
    assert.deepEqual(paths(text), [
      '/devices',
      '/devices/disk[1]',
      '/devices/disk[1]/source',
      '/devices/disk[2]',
      '/devices/disk[2]/target',
    ]);
    const document = scan(text);
    assert.deepEqual(
      childElements(document.root!).map(({ damaged }) => damaged),
      [true, false],
    );
  });

  it('takes a tag that is being typed for an empty element', () => {
    const text = `<devices>\n  <dis\n  <interface>\n    <mac/>\n  </interface>\n</devices>`;
    assert.deepEqual(paths(text), [
      '/devices',
      '/devices/dis',
      '/devices/interface',
      '/devices/interface/mac',
    ]);
  });

  it('closes the element whose end tag is misspelt', () => {
    const text = '<a><memory>1</memroy><vcpu>2</vcpu></a>';
    assert.deepEqual(paths(text), ['/a', '/a/memory', '/a/vcpu']);
  });

  it('keeps the attributes that follow a broken one', () => {
    const document = scan(`<disk type='file device='disk' snapshot=no><x/></disk>`);
    assert.deepEqual(
      document.root?.attributes.map(({ name, value }) => [name, value]),
      [
        ['type', 'file'],
        ['device', 'disk'],
        ['snapshot', 'no'],
      ],
    );
  });

  it('goes on behind an unclosed comment', () => {
    assert.deepEqual(paths('<a>\n<!-- to do\n<b/>\n<c/></a>'), ['/a', '/a/b', '/a/c']);
  });

  it('marks as damaged what it had to guess', () => {
    const document = scan('<a><b></c></b><d/></a>');
    assert.equal(document.root?.damaged, false);
    assert.equal(childNamed(document.root, 'b')?.damaged, true);
    assert.equal(childNamed(document.root, 'd')?.damaged, false);
  });

  it('finds one fault for each tag that is removed from a real document', () => {
    const text = readFileSync('test/corpus/xml/domain-rbd.xml', 'utf8');
    const tags = [...text.matchAll(/<[^<>]*[^/]>/g)];
    assert.ok(tags.length > 40);
    for (const tag of tags) {
      const without = text.slice(0, tag.index) + text.slice(tag.index + tag[0].length);
      assert.equal(scan(without).faults.length, 1, `without ${tag[0]}`);
    }
  });

  it('finds one fault when a real document is cut off anywhere', () => {
    const text = readFileSync('test/corpus/xml/domain-rbd.xml', 'utf8').trimEnd();
    for (let length = 1; length < text.length; length += 7) {
      assert.equal(scan(text.slice(0, length)).faults.length, 1, `the first ${length} characters`);
    }
  });

  it('finds one fault when a bracket, quote, slash or = is missing in a real document', () => {
    const text = readFileSync('test/corpus/xml/domain-rbd.xml', 'utf8');
    for (const mark of text.matchAll(/[<>'=]|(?<=<)\/|\/(?=>)/g)) {
      const without = text.slice(0, mark.index) + text.slice(mark.index + 1);
      const isTextNow = mark[0] === '<' && scan(without).faults.length === 0;
      if (!isTextNow)
        assert.equal(scan(without).faults.length, 1, text.slice(mark.index - 20, mark.index + 20));
    }
  });
});
