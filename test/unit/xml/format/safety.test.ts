import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { XmlDocument, XmlNode } from '../../../../src/xml/document.ts';
import { applyEdits } from '../../../../src/xml/edits.ts';
import { formatDocument } from '../../../../src/xml/format/format.ts';
import type { FormatOptions } from '../../../../src/xml/format/formatOptions.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

const folder = 'test/corpus/xml';
const documents = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
const extras = [
  `<a>\n\t<!-- one\n   two --><b c='1'\n d='2'/>\n\n\n<e>text <f/> text</e><g><![CDATA[ < ]]></g> <!-- x -->\n</a>\n`,
  `\ufeff<?xml version="1.0"?><!DOCTYPE a><a\n  x='1'\n  y='2'><b><c><d/></c></b><e>\n\n</e></a>`,
  `<a><b xml:space='preserve'> <c/>\n\n</b>\t<d>&#10;</d></a>`,
];
const settings: readonly FormatOptions[] = [
  { insertSpaces: true, tabSize: 2 },
  { insertSpaces: true, tabSize: 4 },
  { insertSpaces: false, tabSize: 8 },
];

/** Numbers from 0 to below `limit`, the same in each run. */
function numbersFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** The text with a few pieces of it, or of markup, taken out, put in or said twice. */
function broken(text: string, next: (limit: number) => number): string {
  const pieces = [
    '<',
    '>',
    '/',
    `'`,
    '"',
    '\n',
    '  ',
    '\t',
    '<!--',
    '-->',
    '</',
    '/>',
    'x',
    '<b>',
    '</b>',
    ']]>',
  ];
  let result = text;
  for (let count = next(4); count >= 0; count--) {
    const at = next(result.length);
    const length = next(next(2) === 0 ? 3 : 40);
    const put = [pieces[next(pieces.length)] ?? '', '', result.slice(at, at + length)][next(3)] ?? '';
    result = result.slice(0, at) + put + result.slice(at + next(2) * length);
  }
  return result;
}

/** All that the document says, without the white space that layout may change. */
function meaning(node: XmlNode): unknown {
  if (node.kind !== 'element') return 'value' in node ? node.value : node.kind;
  const { name, attributes, children } = node;
  const isLeaf = children.every(({ kind }) => kind !== 'element');
  const isEmptyLine = (child: XmlNode): boolean =>
    child.kind === 'text' && child.value.trim() === '' && (!isLeaf || child.value.includes('\n'));
  const told = children.filter((child) => !isEmptyLine(child));
  return [name, attributes.map((attribute) => [attribute.name, attribute.value]), told.map(meaning)];
}

/** A declaration behind empty lines comes to its place and is read; nothing else is mended or broken. */
function faultsOf({ faults }: XmlDocument): string[] {
  return faults.map(({ kind }) => kind).filter((kind) => !kind.endsWith('-declaration'));
}

describe('formatting, whatever the document', () => {
  const check = (text: string, options: FormatOptions): void => {
    const before = scan(text);
    const formatted = applyEdits(text, formatDocument(before, options));
    const shown = JSON.stringify(text);
    assert.equal(
      formatted.replace(/\s+/g, ''),
      text.replace(/\s+/g, ''),
      `changes more than space: ${shown}`,
    );
    const after = scan(formatted);
    assert.deepEqual(
      after.root && meaning(after.root),
      before.root && meaning(before.root),
      `means something else: ${shown}`,
    );
    assert.deepEqual(faultsOf(after), faultsOf(before), shown);
    assert.deepEqual(formatDocument(after, options), [], `is not done in one go: ${shown}`);
  };

  it('changes white space only and is done in one go, in whole documents', () => {
    for (const text of [...documents, ...extras]) {
      for (const options of settings) {
        check(text, options);
        check(text.replace(/>\s+</g, '><'), options);
        check(text.replace(/\n/g, '\r\n'), options);
      }
    }
  });

  it('changes white space only and is done in one go, in broken documents', () => {
    const next = numbersFrom(7);
    const texts = [...documents, ...extras, ...extras, ...extras];
    for (let run = 0; run < 1500; run++) {
      const text = texts[next(texts.length)] ?? '';
      const options = settings[next(settings.length)] ?? settings[0]!;
      check(broken(text, next), options);
    }
  });
});
