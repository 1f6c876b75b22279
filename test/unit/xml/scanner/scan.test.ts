import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { XmlElement, XmlNode } from '../../../../src/xml/document.ts';
import { childElements, elementsOf } from '../../../../src/xml/queries.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

function rootOf(text: string): XmlElement {
  const document = scan(text);
  assert.deepEqual(document.faults, []);
  assert.ok(document.root);
  return document.root;
}

describe('scan: well-formed documents', () => {
  it('gives the ranges of tags, names and values exactly', () => {
    const text = `<disk type='file'  device = "cdrom" ><target dev='sda'/></disk>`;
    const disk = rootOf(text);
    const cut = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    assert.equal(cut(disk.range), text);
    assert.equal(cut(disk.nameRange), 'disk');
    assert.equal(cut(disk.startTagRange), `<disk type='file'  device = "cdrom" >`);
    assert.ok(disk.endTagRange);
    assert.equal(cut(disk.endTagRange), '</disk>');
    const device = disk.attributes[1]!;
    assert.equal(cut(device.range), 'device = "cdrom"');
    assert.equal(cut(device.nameRange), 'device');
    assert.equal(cut(device.valueRange!), 'cdrom');
    const [target] = childElements(disk);
    assert.equal(cut(target!.range), `<target dev='sda'/>`);
    assert.deepEqual(target!.startTagRange, target!.range);
    assert.equal(target!.endTagRange, undefined);
    assert.equal(target!.damaged, false);
  });

  it('links every node to its parent', () => {
    const document = scan('<a><!-- c --><b><![CDATA[x]]></b>text<?pi?></a>');
    const check = (node: XmlNode, parent: XmlElement | undefined): void => {
      assert.equal(node.parent, parent);
      if (node.kind !== 'element') return;
      for (const attribute of node.attributes) assert.equal(attribute.owner, node);
      for (const child of node.children) check(child, node);
    };
    for (const node of document.children) check(node, undefined);
    assert.deepEqual(
      document.root?.children.map(({ kind }) => kind),
      ['comment', 'element', 'text', 'instruction'],
    );
  });

  it('decodes the five entities and character references', () => {
    const root = rootOf(`<a b='&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;'>&lt;x&#10;&gt;</a>`);
    assert.equal(root.attributes[0]?.value, `<>&"'A😀`);
    assert.equal((root.children[0] as { value: string }).value, '<x\n>');
  });

  it('normalizes line ends in text and white space in values, but not what is written as a reference', () => {
    const root = rootOf(`<a b='1\r\n2\t3\n4&#10;5'>x\r\ny\rz<![CDATA[p\r\nq]]></a>`);
    assert.equal(root.attributes[0]?.value, '1 2 3 4\n5');
    assert.deepEqual(
      root.children.map((node) => (node as { value: string }).value),
      ['x\ny\nz', 'p\nq'],
    );
  });

  it('takes CDATA as it is', () => {
    const root = rootOf('<a><![CDATA[<b>&x;]]]]></a>');
    assert.deepEqual(
      root.children.map((node) => [node.kind, (node as { value: string }).value]),
      [['cdata', '<b>&x;]]']],
    );
  });

  it('resolves prefixes, also inherited and undeclared ones', () => {
    const root = rootOf(
      `<a xmlns:q='urn:q' xmlns='urn:d'><q:b q:c='1' d='2' xml:lang='de'><e xmlns=''/></q:b></a>`,
    );
    assert.deepEqual([root.namespace, root.prefix, root.localName], ['urn:d', '', 'a']);
    const [b] = childElements(root);
    assert.deepEqual([b!.namespace, b!.prefix, b!.localName, b!.name], ['urn:q', 'q', 'b', 'q:b']);
    assert.deepEqual(
      b!.attributes.map(({ namespace, localName }) => [namespace, localName]),
      [
        ['urn:q', 'c'],
        ['', 'd'],
        ['http://www.w3.org/XML/1998/namespace', 'lang'],
      ],
    );
    assert.equal(b!.scope, root.scope);
    assert.equal(childElements(b!)[0]?.namespace, '');
  });

  it('accepts a byte order mark, a declaration, comments and a document type around the root', () => {
    const document = scan(
      `\ufeff<?xml version="1.0" encoding='UTF-8'?>\n<!-- x -->\n<!DOCTYPE a [ <!ENTITY e "]>"> <!-- > --> ]>\n<a/>\n<!-- y -->\n`,
    );
    assert.deepEqual(document.faults, []);
    assert.deepEqual(
      document.children.map(({ kind }) => kind).filter((kind) => kind !== 'text'),
      ['instruction', 'comment', 'doctype', 'element', 'comment'],
    );
  });

  it('reads > in values and names beyond ASCII', () => {
    const root = rootOf(`<a b='x>y'><größe 名='1'/></a>`);
    assert.equal(root.attributes[0]?.value, 'x>y');
    assert.equal(childElements(root)[0]?.name, 'größe');
    assert.equal(childElements(root)[0]?.attributes[0]?.name, '名');
  });

  for (const file of readdirSync('test/corpus/xml')) {
    it(`covers ${file} without a gap or an overlap`, () => {
      const document = scan(readFileSync(`test/corpus/xml/${file}`, 'utf8'));
      assert.deepEqual(document.faults, []);
      const checkRun = (nodes: readonly XmlNode[], start: number, end: number): void => {
        let at = start;
        for (const node of nodes) {
          assert.equal(node.range.start, at);
          at = node.range.end;
        }
        assert.equal(at, end);
      };
      checkRun(document.children, 0, document.text.length);
      for (const element of elementsOf(document)) {
        if (element.endTagRange === undefined) continue;
        checkRun(element.children, element.startTagRange.end, element.endTagRange.start);
      }
    });
  }
});
