import assert from 'node:assert/strict';
import { foldingRanges } from '../../../src/xml/folding.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';

function folds(...lines: readonly string[]): string[] {
  return foldingRanges(scan(lines.join('\n'))).map(
    ({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind}`,
  );
}

describe('foldingRanges', () => {
  it('leave the end tag of an element to be seen', () => {
    assert.deepEqual(folds('<a>', ' <b>', '  <c/>', ' </b>', ' <d>x</d>', '</a>'), [
      '0-4 element',
      '1-2 element',
    ]);
  });

  it('hold the lines of a long start tag', () => {
    assert.deepEqual(folds('<a', '  b="c"/>'), ['0-1 element']);
    assert.deepEqual(folds('<a', '  b="c">', ' <d/>', '</a>'), ['0-2 element']);
  });

  it('do not cover an element whose tags stand on following lines', () => {
    assert.deepEqual(folds('<a>', '</a>'), []);
  });

  it('cover a comment, or comments that follow each other', () => {
    assert.deepEqual(folds('<a>', '<!-- one', 'two -->', '<b/>', '<!-- x -->', '<!-- y -->', '</a>'), [
      '0-5 element',
      '1-2 comment',
      '4-5 comment',
    ]);
    assert.deepEqual(folds('<!-- x -->', '<a/>', '<!-- y -->'), []);
  });

  it('cover a CDATA section', () => {
    assert.deepEqual(folds('<a><![CDATA[', 'x', ']]></a>'), ['0-1 element', '0-2 element']);
  });

  it('cover regions, one inside the other', () => {
    assert.deepEqual(
      folds(
        '<a>',
        '<!-- #region disks -->',
        '<!--#region-->',
        '<b/>',
        '<!-- #endregion -->',
        '<!-- #endregion -->',
        '</a>',
      ),
      ['0-5 element', '2-4 region', '1-5 region'],
    );
    assert.deepEqual(folds('<a>', '<!-- #endregion -->', '<!-- #region -->', '</a>'), ['0-2 element']);
  });

  it('reach to where an unclosed element was taken to end', () => {
    assert.deepEqual(folds('<a>', ' <b>', '  <c/>', ' <d/>', '</a>'), ['0-3 element', '1-2 element']);
    assert.deepEqual(folds('<a>', ' <b>', '  <c/>'), ['0-2 element', '1-2 element']);
  });
});
