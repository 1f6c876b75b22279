import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Grammar, type Pattern, tokenize } from './tokenize.ts';

const grammar = JSON.parse(readFileSync('syntaxes/libvirt-xml.tmLanguage.json', 'utf8')) as Grammar;

function* patternsOf(patterns: readonly Pattern[]): Generator<Pattern> {
  for (const pattern of patterns) {
    yield pattern;
    yield* patternsOf(pattern.patterns ?? []);
  }
}

/** The innermost scope of the token. */
function scopeOf(line: string, text: string): string | undefined {
  const token = tokenize(grammar, line).find((candidate) => candidate.text === text);
  assert.ok(token, `${text} is no token of ${line}: ${JSON.stringify(tokenize(grammar, line))}`);
  return token.scopes.at(-1);
}

describe('libvirt-xml.tmLanguage.json', () => {
  const all = [...patternsOf([...grammar.patterns, ...Object.values(grammar.repository)])];

  it('is the grammar of its scope, every name ending in the language', () => {
    assert.equal(grammar.scopeName, 'text.xml.libvirt');
    for (const { name, captures, beginCaptures, endCaptures } of all) {
      const named = [captures, beginCaptures, endCaptures].flatMap((group) => Object.values(group ?? {}));
      for (const scope of [name, ...named.map((capture) => capture.name)]) {
        if (scope !== undefined) assert.match(scope, /^[a-z]+(\.[a-z-]+)+\.libvirt$/);
      }
    }
  });

  it('has regular expressions that compile, and includes that exist and are used', () => {
    for (const { match, begin, end } of all) {
      for (const source of [match, begin, end]) if (source !== undefined) assert.ok(new RegExp(source));
      assert.equal(begin === undefined, end === undefined);
    }
    const included = new Set(all.flatMap(({ include }) => include ?? []));
    assert.deepEqual(
      [...included].sort(),
      Object.keys(grammar.repository)
        .map((key) => `#${key}`)
        .sort(),
    );
  });

  for (const [line, text, scope] of [
    ['<disk type="network">', 'disk', 'entity.name.tag.localname'],
    ['</disk>', 'disk', 'entity.name.tag.localname'],
    ['<disk>', '<', 'punctuation.definition.tag.begin'],
    ['<disk/>', '/>', 'punctuation.definition.tag.end'],
    ['<qemu:arg value="x"/>', 'qemu', 'entity.name.tag.namespace'],
    ['<qemu:arg value="x"/>', 'arg', 'entity.name.tag.localname'],
    ['<disk type="network">', 'type', 'entity.other.attribute-name.localname'],
    ['<disk type="network">', 'network', 'string.quoted.double'],
    [`<disk type='network'>`, 'network', 'string.quoted.single'],
    ['<a xmlns:q="urn:q"/>', 'xmlns', 'entity.other.attribute-name.namespace'],
    ['<!-- a > b -->', ' a > b ', 'comment.block'],
    ['<!-- a -- b -->', '--', 'invalid.illegal.double-hyphen'],
    ['<!-- one\ntwo --><a/>', 'a', 'entity.name.tag.localname'],
    ['<![CDATA[<b>&]]>', '<b>&', 'string.unquoted.cdata'],
    ['<?xml version="1.0"?>', 'xml', 'entity.name.tag'],
    ['<?xml version="1.0"?>', 'version', 'entity.other.attribute-name.localname'],
    ['<name>a&amp;b</name>', '&amp;', 'constant.character.entity'],
    ['<name>a&b</name>', '&', 'invalid.illegal.bad-ampersand'],
    [`<a b='&#x41;'/>`, '&#x41;', 'constant.character.entity'],
    [
      '<uuid>f7f8c9a6-dd5d-4b09-bddf-090d797bd4b7</uuid>',
      'f7f8c9a6-dd5d-4b09-bddf-090d797bd4b7',
      'constant.other.uuid',
    ],
    [
      `<secret type='ceph' uuid='F7F8C9A6-DD5D-4B09-BDDF-090D797BD4B7'/>`,
      'F7F8C9A6-DD5D-4B09-BDDF-090D797BD4B7',
      'constant.other.uuid',
    ],
    [
      '<uuid>f7f8c9a6-dd5d-4b09-bddf-090d797bd4b70</uuid>',
      'f7f8c9a6-dd5d-4b09-bddf-090d797bd4b70',
      undefined,
    ],
    [`<memory unit='KiB'>163840</memory>`, '163840', 'constant.numeric'],
    [`<address bus='0x00' slot='4'/>`, '0x00', 'constant.numeric'],
    [`<address bus='0x00' slot='4'/>`, '4', 'constant.numeric'],
    ['<name>vm1</name>', 'vm1', undefined],
    [`<host name='10.0.0.1'/>`, '10.0.0.1', 'string.quoted.single'],
    [`<source name='x\n<target dev='vda'/>`, 'target', 'entity.name.tag.localname'],
    ['<disk\n<source/>', 'source', 'entity.name.tag.localname'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a/>', 'a', 'entity.name.tag.localname'],
  ] as const) {
    it(`${JSON.stringify(line)}: ${text} is ${scope ?? 'plain'}`, () => {
      assert.equal(scopeOf(line, text), scope);
    });
  }

  it('leaves nothing open at the end of a document', () => {
    const text = readFileSync('test/corpus/xml/domain-rbd.xml', 'utf8');
    assert.deepEqual(tokenize(grammar, `${text}plain`).at(-1), { text: 'plain', scopes: [] });
  });
});
