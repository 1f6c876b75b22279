import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { readPixmap } from '../../../../src/operations/console/pixmap.ts';
import { encodePng } from '../../../../src/operations/console/png.ts';

const pixels = Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 4, 5, 6, 10, 10, 10]);

function ppm(head: string, body: Uint8Array = pixels): Buffer {
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

describe('a screenshot of QEMU', () => {
  it('is read, with comments and any blanks in its head, also where the pixels begin like a blank', () => {
    for (const head of ['P6\n3 2\n255\n', 'P6\n# by QEMU\n3\t2 255 ']) {
      const read = readPixmap(ppm(head));
      assert.deepEqual([read?.width, read?.height], [3, 2]);
      assert.deepEqual(Buffer.from(read?.pixels ?? []), pixels);
    }
    const blank = readPixmap(ppm('P6 1 1 255\n', Buffer.from([10, 32, 9])));
    assert.deepEqual([...(blank?.pixels ?? [])], [10, 32, 9]);
  });

  it('that is cut off, empty or of another kind is none', () => {
    for (const bytes of [
      ppm('P6\n3 3\n255\n'),
      ppm('P5\n3 2\n255\n'),
      ppm('P6\n3 2\n65535\n'),
      Buffer.alloc(0),
      ppm('P6\n0 0\n255\n'),
    ])
      assert.equal(readPixmap(bytes), undefined);
  });

  it('is a PNG with the same pixels', async () => {
    const png = await encodePng({ width: 3, height: 2, pixels });
    const chunks = new Map<string, Buffer>();
    for (let at = 8; at < png.length;) {
      const length = png.readUInt32BE(at);
      chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
      at += length + 12;
    }
    assert.deepEqual([...chunks.keys()], ['IHDR', 'IDAT', 'IEND']);
    const header = chunks.get('IHDR') ?? Buffer.alloc(0);
    assert.deepEqual([header.readUInt32BE(0), header.readUInt32BE(4)], [3, 2]);
    const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
    assert.deepEqual(
      rows,
      Buffer.concat([Buffer.from([0]), pixels.subarray(0, 9), Buffer.from([0]), pixels.subarray(9)]),
    );
    // The checksum of the empty last chunk is the same in every PNG.
    assert.equal(png.subarray(-4).toString('hex'), 'ae426082');
  });
});
