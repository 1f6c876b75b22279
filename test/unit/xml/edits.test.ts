import assert from 'node:assert/strict';
import { applyEdits, type ChildPlace, insertChildren, insertChildSnippet } from '../../../src/xml/edits.ts';
import { elementsOf } from '../../../src/xml/queries.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import type { NewElement } from '../../../src/xml/writer.ts';

const auth: NewElement = { name: 'auth', children: [{ name: 'secret', attributes: { type: 'ceph' } }] };
const host: NewElement = { name: 'host', attributes: { name: 'm' } };

function inserted(text: string, parent: string, place: ChildPlace, children = [auth]): string {
  const document = scan(text);
  const element = [...elementsOf(document)].find(({ name }) => name === parent)!;
  const edited = applyEdits(text, [insertChildren(document, element, children, place)]);
  assert.deepEqual(scan(edited).faults, []);
  return edited;
}

describe('insertChildren', () => {
  it('inserts before a named child, with the indentation of the document', () => {
    assert.equal(
      inserted(`<disk>\n    <driver/>\n    <source/>\n</disk>`, 'disk', { before: ['source'] }),
      `<disk>\n    <driver/>\n    <auth>\n        <secret type='ceph'/>\n    </auth>\n    <source/>\n</disk>`,
    );
  });

  it('keeps tabs, CRLF and double quotes', () => {
    assert.equal(
      inserted(`<d>\r\n\t<disk type="x">\r\n\t\t<source/>\r\n\t</disk>\r\n</d>`, 'disk', {
        before: ['source'],
      }),
      `<d>\r\n\t<disk type="x">\r\n\t\t<auth>\r\n\t\t\t<secret type="ceph"/>\r\n\t\t</auth>\r\n\t\t<source/>\r\n\t</disk>\r\n</d>`,
    );
  });

  it('stays on the line where elements share one', () => {
    assert.equal(
      inserted(`<d>\n  <disk><driver/><source/></disk>\n</d>`, 'disk', { before: ['source'] }),
      `<d>\n  <disk><driver/><auth><secret type='ceph'/></auth><source/></disk>\n</d>`,
    );
    assert.equal(
      inserted('<source><host/></source>', 'source', { after: ['host'] }, [host, host]),
      `<source><host/><host name='m'/><host name='m'/></source>`,
    );
  });

  it('inserts after the last of the named children', () => {
    assert.equal(
      inserted(`<source>\n  <host/>\n  <host/>\n  <config/>\n</source>`, 'source', { after: ['host'] }, [
        host,
      ]),
      `<source>\n  <host/>\n  <host/>\n  <host name='m'/>\n  <config/>\n</source>`,
    );
  });

  it('goes first, or last, when none of the named children is there', () => {
    const text = `<source>\n  <!-- c -->\n  <config/>\n</source>`;
    assert.equal(
      inserted(text, 'source', { after: ['host'] }, [host]),
      `<source>\n  <!-- c -->\n  <host name='m'/>\n  <config/>\n</source>`,
    );
    assert.equal(
      inserted(text, 'source', { before: ['slices'] }, [host]),
      `<source>\n  <!-- c -->\n  <config/>\n  <host name='m'/>\n</source>`,
    );
  });

  it('opens an empty element', () => {
    const expected = `<d>\n  <source name='x'>\n    <host name='m'/>\n    <host name='m'/>\n  </source>\n</d>`;
    for (const source of [
      `<source name='x'/>`,
      `<source name='x' />`,
      `<source name='x'></source>`,
      `<source name='x'>\n  </source>`,
    ]) {
      assert.equal(inserted(`<d>\n  ${source}\n</d>`, 'source', { after: ['host'] }, [host, host]), expected);
    }
    assert.equal(
      inserted('<d><source/></d>', 'source', { after: [] }, [host]),
      `<d><source><host name='m'/></source></d>`,
    );
  });

  it('writes a root that has nothing yet', () => {
    assert.equal(inserted('<disk/>', 'disk', { before: [] }, [host]), `<disk>\n  <host name='m'/>\n</disk>`);
  });
});

describe('insertChildSnippet', () => {
  it('gives a snippet that carries its indentation', () => {
    const document = scan(`<disk>\n\t<source/>\n</disk>`);
    const element = { name: 'auth', attributes: { username: { stop: 1, choices: ['libvirt'] as const } } };
    assert.deepEqual(insertChildSnippet(document, document.root!, element, { before: ['source'] }), {
      range: { start: 8, end: 8 },
      snippet: "<auth username='${1:libvirt}'/>\n\t",
    });
  });
});

describe('applyEdits', () => {
  it('makes all edits at the offsets of the text before them', () => {
    assert.equal(
      applyEdits('abcdef', [
        { range: { start: 1, end: 2 }, newText: 'XYZ' },
        { range: { start: 4, end: 4 }, newText: '-' },
        { range: { start: 4, end: 4 }, newText: '+' },
        { range: { start: 5, end: 6 }, newText: '' },
      ]),
      'aXYZcd-+e',
    );
  });
});
