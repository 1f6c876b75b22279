import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { applyEdits } from '../../../../src/xml/edits.ts';
import {
  formatAfterTag,
  formatDocument,
  formatLineBefore,
  formatRange,
} from '../../../../src/xml/format/format.ts';
import { libvirtFormat } from '../../../../src/xml/format/formatOptions.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

function formatted(text: string, options = libvirtFormat): string {
  return applyEdits(text, formatDocument(scan(text), options));
}

const lines = (...all: readonly string[]): string => all.join('\n');

describe('formatDocument', () => {
  it('puts each element on a line of its own', () => {
    assert.equal(
      formatted(`<?xml version='1.0'?><domain><name>vm</name><devices><disk/></devices></domain>`),
      lines(
        `<?xml version='1.0'?>`,
        '<domain>',
        '  <name>vm</name>',
        '  <devices>',
        '    <disk/>',
        '  </devices>',
        '</domain>',
      ),
    );
  });

  it('indents by the level, as the editor is set', () => {
    const text = lines('<a>', '<b>', '      <c/>', '</b>', '</a>', '');
    assert.equal(formatted(text), lines('<a>', '  <b>', '    <c/>', '  </b>', '</a>', ''));
    assert.equal(
      formatted(text, { insertSpaces: false, tabSize: 4 }),
      lines('<a>', '\t<b>', '\t\t<c/>', '\t</b>', '</a>', ''),
    );
  });

  it('keeps one empty line of several, and none at the ends', () => {
    assert.equal(
      formatted(lines('', '<a>', '', '', '', '  <b/>', '  ', '  <c/>', '</a>', '', '')),
      lines('<a>', '', '  <b/>', '', '  <c/>', '</a>', ''),
    );
  });

  it('leaves a document that ends without a line end so', () => {
    assert.equal(formatted('<a/>'), '<a/>');
    assert.equal(formatted('<a/>  '), '<a/>');
  });

  it('keeps line ends of the kind that the document has', () => {
    assert.equal(formatted('<a>\r\n<b/><c/>\r\n</a>\r\n'), '<a>\r\n  <b/>\r\n  <c/>\r\n</a>\r\n');
  });

  it('keeps a byte order mark at the start', () => {
    assert.equal(formatted('\ufeff\n<a>\n<b/></a>'), '\ufeff<a>\n  <b/>\n</a>');
  });

  for (const [what, text] of [
    ['a text with white space around it', '<a>\n  <name> vm\n     1 </name>\n</a>'],
    ['a text that is white space only', '<a>\n  <name>  </name>\n</a>'],
    ['text beside elements', '<a>\n  <b>x<c/>\n        y</b>\n</a>'],
    ['a CDATA section', '<a>\n  <b>\n<![CDATA[\n x\n]]>\n\n</b>\n</a>'],
    ['a character reference that is white space', '<a>\n  <b>&#32;<c/></b>\n</a>'],
    ['a no-break space, which is text', '<a>\n  <b>\u00a0<c/></b>\n</a>'],
    ['what asks for its space to be kept', `<a>\n  <b xml:space='preserve'><c/>\n </b>\n</a>`],
    ['a comment behind an element, on its line', '<a>\n  <vcpu>4</vcpu>   <!-- four -->\n</a>'],
    ['a comment that is alone in its element', '<a>\n  <b><!-- c --></b>\n</a>'],
    ['values over several lines', `<a>\n  <b c='x\n y'/>\n</a>`],
    ['attributes over several lines', `<a x='1'\n   y='2'>\n  <b/>\n</a>`],
    ['an empty document', ''],
    ['spaces alone', '  \n '],
    ['text outside the root', 'x\n  <a/>'],
  ] as const) {
    it(`leaves alone ${what}`, () => {
      assert.equal(formatted(text), text);
    });
  }

  it('gives a comment behind nothing else the indentation of what it stands beside', () => {
    assert.equal(
      formatted('<a>\n<!-- x -->\n<b/>\n<!-- y --><c/></a>'),
      lines('<a>', '  <!-- x -->', '  <b/>', '  <!-- y -->', '  <c/>', '</a>'),
    );
  });

  it('moves the following lines of a comment and of a start tag with the first', () => {
    assert.equal(
      formatted(lines('<a>', '<!-- one', '     two', '', 'three -->', `<b c='1'`, `   d='2`, `e'/>`, '</a>')),
      lines('<a>', '  <!-- one', '       two', '', '  three -->', `  <b c='1'`, `     d='2`, `e'/>`, '</a>'),
    );
    assert.equal(
      formatted(lines('<a>', '        <!-- one', '  two -->', '</a>')),
      lines('<a>', '  <!-- one', 'two -->', '</a>'),
    );
  });

  it('indents the end tag of an element that is still empty', () => {
    assert.equal(formatted('<a>\n  <b>\n\n\n</b>\n</a>'), '<a>\n  <b>\n\n  </b>\n</a>');
  });

  it('lays out what is whole beside and inside what is broken', () => {
    assert.equal(
      formatted(lines('<a>', '<b>', '    <c><d/></c>', '<e>', '</b>', '', '', '<f><g/></f>', '</a>')),
      lines(
        '<a>',
        '  <b>',
        '    <c>',
        '      <d/>',
        '    </c>',
        '<e>',
        '</b>',
        '',
        '  <f>',
        '    <g/>',
        '  </f>',
        '</a>',
      ),
    );
    assert.equal(
      formatted(lines('<a>', '    <b>', '<c/></b>', '    <d>', '<e/></d>')),
      lines('<a>', '    <b>', '      <c/>', '    </b>', '    <d>', '      <e/>', '    </d>'),
    );
  });

  it('touches only the lines that change', () => {
    const text = lines('<a>', '  <b/>', '   <c/>', '  <d/>', '</a>');
    assert.deepEqual(formatDocument(scan(text), libvirtFormat), [
      { range: { start: 13, end: 14 }, newText: '' },
    ]);
  });

  it('has nothing to do in what libvirt wrote', () => {
    for (const name of ['domain-rbd', 'domainsnapshot', 'network-nat', 'pool-rbd', 'secret-ceph', 'volume']) {
      const text = readFileSync(`test/corpus/xml/${name}.xml`, 'utf8');
      assert.deepEqual(formatDocument(scan(text), libvirtFormat), [], name);
    }
  });
});

describe('formatRange', () => {
  it('lays out what the range touches', () => {
    const text = lines('<a>', '<b/>', '<c/>', '<d/>', '</a>');
    const start = text.indexOf('<c/>');
    const edits = formatRange(scan(text), libvirtFormat, { start, end: start + 4 });
    assert.equal(applyEdits(text, edits), lines('<a>', '<b/>', '  <c/>', '<d/>', '</a>'));
  });
});

describe('formatting while typing', () => {
  /** The text after what was typed in front of `|` has had its effect. */
  const typed = (withCursor: string): string => {
    const offset = withCursor.indexOf('|');
    const text = withCursor.replace('|', '');
    const format = withCursor[offset - 1] === '>' ? formatAfterTag : formatLineBefore;
    return applyEdits(text, format(scan(text), libvirtFormat, offset));
  };

  it('indents the element whose end tag was finished', () => {
    assert.equal(
      typed(lines('<a>', '<b/>', '  <c>', '  <d/>', '    </c>|', '<e/>', '</a>')),
      lines('<a>', '<b/>', '  <c>', '    <d/>', '  </c>', '<e/>', '</a>'),
    );
  });

  it('indents a start tag that was finished', () => {
    assert.equal(typed('<a>\n<b>|</b>\n</a>'), '<a>\n  <b></b>\n</a>');
  });

  it('parts no lines', () => {
    assert.equal(typed('<a><b><c/></b>|</a>'), '<a><b><c/></b></a>');
    assert.equal(typed('<a>|\n\n\n</a>'), '<a>\n\n\n</a>');
  });

  it('does nothing behind another >', () => {
    assert.equal(typed('<a>\n<!-- x -->|</a>'), '<a>\n<!-- x --></a>');
  });

  it('indents the line that was left, and not the new one', () => {
    assert.equal(typed('<a>\n<b/>\n     |\n<c/>\n</a>'), '<a>\n  <b/>\n     \n<c/>\n</a>');
    assert.equal(typed('<a>\n\n|<c/>\n</a>'), '<a>\n\n<c/>\n</a>');
    assert.equal(typed('\n|<a/>'), '\n<a/>');
  });
});
