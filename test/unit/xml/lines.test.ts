import assert from 'node:assert/strict';
import { LineIndex } from '../../../src/xml/lines.ts';

describe('LineIndex', () => {
  const text = 'ab\ncd\r\n\re';
  const index = new LineIndex(text);

  it('knows the three line ends', () => {
    assert.equal(index.lineCount, 4);
    assert.deepEqual(
      [0, 2, 3, 5, 6, 7, 8, 9].map((offset) => index.positionAt(offset)),
      [
        { line: 0, column: 0 },
        { line: 0, column: 2 },
        { line: 1, column: 0 },
        { line: 1, column: 2 },
        { line: 1, column: 3 },
        { line: 2, column: 0 },
        { line: 3, column: 0 },
        { line: 3, column: 1 },
      ],
    );
  });

  it('turns every offset there and back', () => {
    for (let offset = 0; offset <= text.length; offset++) {
      assert.equal(index.offsetAt(index.positionAt(offset)), offset);
    }
  });

  it('takes what is outside as the nearest end', () => {
    assert.deepEqual(index.positionAt(-1), { line: 0, column: 0 });
    assert.deepEqual(index.positionAt(100), { line: 3, column: 1 });
    assert.equal(index.offsetAt({ line: -1, column: 5 }), 0);
    assert.equal(index.offsetAt({ line: 0, column: 99 }), 3);
    assert.equal(index.offsetAt({ line: 99, column: 0 }), text.length);
  });
});
