import assert from 'node:assert/strict';
import { XdrWriter } from '../../../../src/libvirt/wire/xdrWriter.ts';

describe('the XDR writer', () => {
  const writes: readonly (readonly [what: string, bytes: string, write: (writer: XdrWriter) => void])[] = [
    [
      'an int',
      'fffffffe',
      (writer) => {
        writer.int32(-2);
      },
    ],
    [
      'an unsigned int',
      '00000007',
      (writer) => {
        writer.uint32(7);
      },
    ],
    [
      'a hyper',
      'fffffffffffffffe',
      (writer) => {
        writer.int64(-2n);
      },
    ],
    [
      'an unsigned hyper',
      '0000000000000007',
      (writer) => {
        writer.uint64(7n);
      },
    ],
    [
      'a double',
      '3ff8000000000000',
      (writer) => {
        writer.double(1.5);
      },
    ],
    [
      'a string',
      '0000000161000000',
      (writer) => {
        writer.string('a', 10);
      },
    ],
    [
      'a count',
      '00000002',
      (writer) => {
        writer.count(2, 2);
      },
    ],
    [
      'raw bytes',
      '010203',
      (writer) => {
        writer.raw(Buffer.from([1, 2, 3]));
      },
    ],
  ];
  for (const [what, bytes, write] of writes)
    it(`writes ${what} behind any number of bytes, growing as it needs to`, () => {
      for (let before = 0; before <= 1100; before += 1) {
        const writer = new XdrWriter();
        writer.raw(Buffer.alloc(before, 0xee));
        write(writer);
        assert.equal(writer.finish().toString('hex'), 'ee'.repeat(before) + bytes);
      }
    });

  it('keeps room at the start', () => {
    const writer = new XdrWriter(1000);
    writer.uint32(1);
    assert.equal(writer.finish().toString('hex'), '00'.repeat(1000) + '00000001');
  });
});
