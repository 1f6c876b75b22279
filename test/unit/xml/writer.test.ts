import assert from 'node:assert/strict';
import { childElements } from '../../../src/xml/queries.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import {
  libvirtLayout,
  type NewElement,
  UnwritableTextError,
  writeElement,
  writeSnippet,
} from '../../../src/xml/writer.ts';

const auth: NewElement = {
  name: 'auth',
  attributes: { username: 'libvirt', skipped: undefined },
  children: [{ name: 'secret', attributes: { type: 'ceph', usage: 'x' } }],
};

describe('writeElement', () => {
  it('writes as libvirt does', () => {
    assert.equal(
      writeElement(auth, libvirtLayout),
      "<auth username='libvirt'>\n  <secret type='ceph' usage='x'/>\n</auth>",
    );
  });

  it('keeps to the layout it is given', () => {
    assert.equal(
      writeElement(auth, { eol: '\r\n', unit: '\t', indentation: '\t\t', quote: '"' }),
      '<auth username="libvirt">\r\n\t\t\t<secret type="ceph" usage="x"/>\r\n\t\t</auth>',
    );
    assert.equal(
      writeElement(auth, { eol: '', unit: '', indentation: '', quote: "'" }),
      "<auth username='libvirt'><secret type='ceph' usage='x'/></auth>",
    );
  });

  it('writes text before children', () => {
    assert.equal(
      writeElement({ name: 'a', text: 'x', children: [{ name: 'b' }] }, libvirtLayout),
      '<a>x\n  <b/>\n</a>',
    );
    assert.equal(writeElement({ name: 'a', text: '' }, libvirtLayout), '<a></a>');
  });

  const hostile = [
    `'`,
    `"`,
    `'"><b/>`,
    '&amp;',
    '&',
    '<!--',
    ']]>',
    '\t\n\r',
    '${1:x}',
    '\\',
    '$}',
    '\u{1f600}',
    '\u0085',
  ];
  for (const quote of ["'", '"'] as const) {
    for (const value of hostile) {
      it(`writes ${JSON.stringify(value)} in ${quote} so that it is read back unchanged`, () => {
        const written = writeElement(
          { name: 'a', attributes: { b: value }, text: value },
          { ...libvirtLayout, quote },
        );
        const document = scan(written);
        assert.deepEqual(document.faults, []);
        assert.equal(document.root?.attributes[0]?.value, value);
        assert.equal((document.root.children[0] as { value: string }).value, value);
        assert.equal(childElements(document.root).length, 0);
      });
    }
  }

  it('refuses what XML cannot hold', () => {
    for (const text of ['\0', 'a\u001bb', '\ufffe', '\ud800']) {
      assert.throws(() => writeElement({ name: 'a', text }, libvirtLayout), UnwritableTextError);
      assert.throws(
        () => writeElement({ name: 'a', attributes: { b: text } }, libvirtLayout),
        UnwritableTextError,
      );
    }
  });
});

describe('writeSnippet', () => {
  it('writes one choice as a default and several as choices', () => {
    assert.equal(
      writeSnippet(
        {
          name: 'a',
          attributes: { b: { stop: 1, choices: ['x'] }, c: { stop: 2, choices: ['y', 'z'] } },
        },
        libvirtLayout,
      ),
      "<a b='${1:x}' c='${2|y,z|}'/>",
    );
  });

  it('escapes what means something in a snippet', () => {
    assert.equal(
      writeSnippet(
        { name: 'a', attributes: { b: '$x}\\' }, text: { stop: 1, choices: ['$}\\'] } },
        libvirtLayout,
      ),
      "<a b='\\$x\\}\\\\'>${1:\\$\\}\\\\}</a>",
    );
    assert.equal(
      writeSnippet({ name: 'a', text: { stop: 1, choices: ['a,b', 'c|d', '<$'] } }, libvirtLayout),
      '<a>${1|a\\,b,c\\|d,&lt;\\$|}</a>',
    );
  });

  it('stands for its first choice where nobody fills it in', () => {
    assert.equal(
      writeElement({ name: 'a', text: { stop: 1, choices: ['x', 'y'] } }, libvirtLayout),
      '<a>x</a>',
    );
  });
});
