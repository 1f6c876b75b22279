import assert from 'node:assert/strict';
import { parseXml } from '../../../../src/libvirt/model/element.ts';
import { ProtocolError } from '../../../../src/libvirt/wire/protocolError.ts';

describe('the XML reader', () => {
  it('decodes the five entities and character references, in text and attributes', async () => {
    const root = await parseXml(`<a b='&lt;&gt;&amp;&quot;&apos;'>&#x41;&#66;&amp;lt; é</a>`);
    assert.equal(root.attribute('b'), `<>&"'`);
    assert.equal(root.text, 'AB&lt; é');
  });

  it('takes CDATA as it is', async () => {
    assert.equal((await parseXml('<a>x <![CDATA[<&amp;]]> &amp;</a>')).text, 'x <&amp; &');
  });

  it('leaves values as text', async () => {
    const root = await parseXml(`<a n='007'><b> 1e3 </b><c>true</c></a>`);
    assert.equal(root.attribute('n'), '007');
    assert.equal(root.textOf('b'), '1e3');
    assert.equal(root.textOf('c'), 'true');
  });

  it('finds children by name and namespace', async () => {
    const root = await parseXml(
      `<domain xmlns:q='urn:qemu'><name>own</name><q:name>foreign</q:name><x xmlns='urn:x'><name/></x></domain>`,
    );
    assert.equal(root.textOf('name'), 'own');
    assert.equal(root.children('name').length, 1);
    assert.equal(root.child('name', 'urn:qemu')?.text, 'foreign');
    assert.equal(root.child('x'), undefined);
    assert.equal(root.child('x', 'urn:x')?.child('name'), undefined);
    assert.equal(root.child('x', 'urn:x')?.elements[0]?.namespace, 'urn:x');
  });

  it('ignores declaration, comments and processing instructions', async () => {
    const root = await parseXml(
      `<?xml version='1.0'?><!-- WARNING: generated --><?pi?><a><!-- b --><c/></a>`,
    );
    assert.deepEqual(
      root.elements.map(({ name }) => name),
      ['c'],
    );
  });

  it('reads an element nested as deeply as libvirt ever does', async () => {
    const root = await parseXml(`${'<a>'.repeat(90)}${'</a>'.repeat(90)}`);
    assert.equal(root.name, 'a');
  });

  const refused: readonly (readonly [what: string, xml: string])[] = [
    ['nothing', ''],
    ['text', 'error: failed to get domain'],
    ['two roots', '<a/><b/>'],
    ['an unfinished tag', '<a'],
    ['an entity of its own', `<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>`],
    ['an entity in an attribute', `<!DOCTYPE a [<!ENTITY e 'x'>]><a b='&e;'/>`],
    ['an external entity', `<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>`],
    ['an entity nobody knows', '<a>&nbsp;</a>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['a character that does not exist', '<a>&#x110000;</a>'],
    ['endless nesting', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`],
  ];
  for (const [what, xml] of refused)
    it(`refuses ${what}`, async () => {
      await assert.rejects(parseXml(xml), ProtocolError);
    });

  it('does not expand a bomb of entities', async () => {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `<!ENTITY e${level + 1} '${`&e${level};`.repeat(10)}'>`,
    );
    const bomb = `<!DOCTYPE a [<!ENTITY e0 'boom'>${levels.join('')}]><a>&e20;</a>`;
    await assert.rejects(parseXml(bomb), ProtocolError);
  });
});
