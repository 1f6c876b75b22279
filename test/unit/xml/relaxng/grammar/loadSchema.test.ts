import assert from 'node:assert/strict';
import { SchemaError } from '../../../../../src/xml/relaxng/schemaError.ts';
import { Validator } from '../../../../../src/xml/relaxng/validator.ts';
import type { Schema } from '../../../../../src/xml/relaxng/schema.ts';
import { scan } from '../../../../../src/xml/scanner/scan.ts';
import { grammar, schemaFor, schemaOf } from '../schemas.ts';

const isValid = (schema: Schema, text: string): boolean =>
  new Validator(schema).validate(scan(text)).length === 0;

/** A pattern, documents that fit, documents that do not. */
const patterns: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    'empty',
    '<element name="a"><empty/></element>',
    ['<a/>', '<a> </a>', '<a><!-- b --></a>'],
    ['<a>x</a>', '<a><b/></a>', '<a b="c"/>', '<b/>'],
  ],
  [
    'text',
    '<element name="a"><text/></element>',
    ['<a/>', '<a>x</a>', '<a><![CDATA[<]]></a>'],
    ['<a><b/></a>'],
  ],
  [
    'group',
    '<element name="a"><element name="b"><empty/></element><element name="c"><empty/></element></element>',
    ['<a><b/><c/></a>'],
    ['<a><c/><b/></a>', '<a><b/></a>'],
  ],
  [
    'interleave',
    '<element name="a"><interleave><element name="b"><empty/></element><zeroOrMore><element name="c"><empty/></element></zeroOrMore></interleave></element>',
    ['<a><c/><b/><c/></a>', '<a><b/></a>'],
    ['<a><c/></a>', '<a><b/><b/></a>'],
  ],
  [
    'oneOrMore',
    '<element name="a"><oneOrMore><element name="b"><empty/></element></oneOrMore></element>',
    ['<a><b/></a>', '<a><b/><b/></a>'],
    ['<a/>'],
  ],
  [
    'optional attribute',
    '<element name="a"><optional><attribute name="b"/></optional></element>',
    ['<a/>', '<a b="x"/>', '<a b=""/>'],
    ['<a c=""/>', '<a b="">x</a>'],
  ],
  [
    'mixed',
    '<element name="a"><mixed><element name="b"><empty/></element></mixed></element>',
    ['<a>x<b/>y</a>'],
    ['<a>x</a>'],
  ],
  [
    'list',
    '<element name="a"><list><data type="int"/><oneOrMore><value>x</value></oneOrMore></list></element>',
    ['<a> 1  x\nx </a>'],
    ['<a>1</a>', '<a>x x</a>', '<a>1 y</a>'],
  ],
  [
    'value',
    '<element name="a"><choice><value>x y</value><value type="string"> z </value></choice></element>',
    ['<a> x   y </a>', '<a> z </a>'],
    ['<a>z</a>', '<a>xy</a>'],
  ],
  [
    'data with an exception',
    '<element name="a"><data type="token"><except><value>b</value></except></data></element>',
    ['<a>c</a>'],
    ['<a> b </a>'],
  ],
  [
    'anyName with an exception',
    '<element name="a"><zeroOrMore><attribute><anyName><except><name>b</name></except></anyName></attribute></zeroOrMore></element>',
    ['<a c="1" d="2"/>'],
    ['<a b="1"/>'],
  ],
  [
    'nsName',
    '<element name="a"><element><nsName ns="urn:x"/><empty/></element></element>',
    ['<a><b xmlns="urn:x"/></a>', '<a xmlns:p="urn:x"><p:q/></a>'],
    ['<a><b/></a>'],
  ],
  [
    'choice of names',
    '<element><choice><name>a</name><name>b</name></choice><empty/></element>',
    ['<a/>', '<b/>'],
    ['<c/>'],
  ],
  [
    'a name in a namespace',
    '<element name="a" ns="urn:x"><attribute name="b"/><element name="c"><empty/></element></element>',
    ['<a xmlns="urn:x" b=""><c/></a>', '<p:a xmlns:p="urn:x" b=""><p:c/></p:a>'],
    ['<a b=""><c/></a>', '<p:a xmlns:p="urn:x" p:b=""><p:c/></p:a>'],
  ],
  [
    'a name with a prefix',
    '<element name="p:a" xmlns:p="urn:x"><attribute name="p:b"/></element>',
    ['<a xmlns="urn:x" xmlns:q="urn:x" q:b=""/>'],
    ['<a xmlns="urn:x" b=""/>'],
  ],
  [
    'choice between an attribute and an element',
    '<element name="a"><choice><attribute name="b"/><element name="b"><empty/></element></choice></element>',
    ['<a b=""/>', '<a><b/></a>'],
    ['<a/>', '<a b=""><b/></a>'],
  ],
  [
    'notes of other programs',
    '<element name="a"><n:doc xmlns:n="urn:notes">any</n:doc><empty/></element>',
    ['<a/>'],
    ['<a><doc/></a>'],
  ],
];

describe('patterns of RELAX NG', () => {
  for (const [name, pattern, yes, no] of patterns) {
    it(`judge documents: ${name}`, () => {
      const schema = schemaFor(pattern);
      for (const text of yes) assert.equal(isValid(schema, text), true, text);
      for (const text of no) assert.equal(isValid(schema, text), false, text);
    });
  }
});

describe('loadSchema', () => {
  const start = '<start><element name="a"><ref name="x"/></element></start>';
  const define = (name: string, value: string, more = ''): string =>
    `<define name="${name}"${more}><value>${value}</value></define>`;

  it('includes files, with definitions replaced', () => {
    const schema = schemaOf({
      'main.rng': grammar(`<include href="common.rng">${define('x', 'mine')}</include>`),
      'common.rng': grammar(`${start}<div>${define('x', 'theirs')}</div>`),
    });
    assert.equal(isValid(schema, '<a>mine</a>'), true);
    assert.equal(isValid(schema, '<a>theirs</a>'), false);
  });

  it('replaces the start of an included file', () => {
    const schema = schemaOf({
      'main.rng': grammar(
        '<include href="common.rng"><start><element name="b"><ref name="x"/></element></start></include>',
      ),
      'common.rng': grammar(start + define('x', 'v')),
    });
    assert.equal(isValid(schema, '<b>v</b>'), true);
    assert.equal(isValid(schema, '<a>v</a>'), false);
  });

  it('combines definitions as a choice or in any order', () => {
    const choice = schemaOf({
      'main.rng': grammar(start + define('x', '1') + define('x', '2', ' combine="choice"')),
    });
    assert.equal(isValid(choice, '<a>1</a>'), true);
    assert.equal(isValid(choice, '<a>2</a>'), true);
    const part = (name: string): string =>
      `<define name="x" combine="interleave"><element name="${name}"><empty/></element></define>`;
    const both = schemaOf({ 'main.rng': grammar(start + part('b') + part('c')) });
    assert.equal(isValid(both, '<a><c/><b/></a>'), true);
    assert.equal(isValid(both, '<a><b/></a>'), false);
  });

  it('keeps the definitions of a grammar inside another apart', () => {
    const schema = schemaOf({
      'main.rng': grammar(
        `<start><element name="a"><ref name="x"/><grammar><include href="inner.rng"/></grammar></element></start>
         <define name="x"><element name="outer"><empty/></element></define>`,
      ),
      'inner.rng': grammar(
        '<start><ref name="x"/><parentRef name="x"/></start><define name="x"><element name="inner"><empty/></element></define>',
      ),
    });
    assert.equal(isValid(schema, '<a><outer/><inner/><outer/></a>'), true);
    assert.equal(isValid(schema, '<a><outer/><outer/><inner/></a>'), false);
  });

  it('takes in other files by externalRef, relative to the file that names them', () => {
    const schema = schemaOf({
      'sub/main.rng': grammar('<start><externalRef href="part.rng"/></start>'),
      'sub/part.rng': '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>',
    });
    assert.equal(isValid(schema, '<a/>'), true);
  });

  it('lets elements hold themselves', () => {
    const schema = schemaOf({
      'main.rng': grammar(
        '<start><ref name="x"/></start><define name="x"><element name="a"><optional><ref name="x"/></optional></element></define>',
      ),
    });
    assert.equal(isValid(schema, '<a><a><a/></a></a>'), true);
    assert.equal(isValid(schema, '<a><a><b/></a></a>'), false);
  });

  /** What is wrong, in which file, and what the error names. */
  const faulty: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    [
      'an element that is not RELAX NG',
      { 'm.rng': grammar('<start><sequence/></start>') },
      /m\.rng.*<sequence>/,
    ],
    [
      'an attribute that is not RELAX NG',
      { 'm.rng': grammar('<start><text max="1"/></start>') },
      /m\.rng.*max/,
    ],
    [
      'a datatype that is not known',
      { 'm.rng': grammar('<start><element name="a"><data type="QName"/></element></start>') },
      /m\.rng.*QName/,
    ],
    [
      'a facet that is not known',
      {
        'm.rng': grammar(
          '<start><element name="a"><data type="int"><param name="totalDigits">1</param></data></element></start>',
        ),
      },
      /totalDigits/,
    ],
    [
      'a pattern that cannot be read',
      {
        'm.rng': grammar(
          '<start><element name="a"><data type="string"><param name="pattern">(</param></data></element></start>',
        ),
      },
      /pattern/,
    ],
    [
      'another library of datatypes',
      {
        'm.rng': grammar(
          '<start><element name="a"><data type="x" datatypeLibrary="urn:y"/></element></start>',
        ),
      },
      /urn:y/,
    ],
    ['a definition that is missing', { 'm.rng': grammar('<start><ref name="x"/></start>') }, /m\.rng.*<ref>/],
    [
      'a definition that is itself',
      { 'm.rng': grammar(`${start}<define name="x"><optional><ref name="x"/></optional></define>`) },
      /<define>/,
    ],
    [
      'a definition given twice',
      { 'm.rng': grammar(start + define('x', '1') + define('x', '2')) },
      /<define>/,
    ],
    ['no start', { 'm.rng': grammar(define('x', '1')) }, /m\.rng/],
    ['an element without a name', { 'm.rng': grammar('<start><element/></start>') }, /<element>/],
    ['an empty choice', { 'm.rng': grammar('<start><choice/></start>') }, /<choice>/],
    [
      'a file that includes itself',
      { 'm.rng': grammar('<include href="n.rng"/>'), 'n.rng': grammar('<include href="m.rng"/>') },
      /<include>/,
    ],
    [
      'a file that is not well-formed',
      { 'm.rng': grammar('<include href="n.rng"/>'), 'n.rng': grammar('<start><text></start>') },
      /n\.rng/,
    ],
    ['a file that is not a schema', { 'm.rng': '<html/>' }, /<html>/],
    [
      'an unknown way to combine',
      { 'm.rng': grammar('<start combine="all"><text/></start>') },
      /combine='all'/,
    ],
    ['a document type', { 'm.rng': `<!DOCTYPE grammar>${grammar(start)}` }, /m\.rng/],
  ];
  for (const [name, files, expected] of faulty) {
    it(`says what is wrong and where: ${name}`, () => {
      assert.throws(
        () => schemaOf(files),
        (error: unknown) => error instanceof SchemaError && expected.test(error.message),
      );
    });
  }
});
