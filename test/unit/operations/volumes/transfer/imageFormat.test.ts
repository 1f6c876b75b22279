import assert from 'node:assert/strict';
import {
  detectFormat,
  headLength,
  isCompressed,
  isPlain,
} from '../../../../../src/operations/volumes/transfer/imageFormat.ts';

function head(offset: number, bytes: string): Buffer {
  const buffer = Buffer.alloc(headLength);
  buffer.write(bytes, offset, 'latin1');
  return buffer;
}

describe('the format of a file', () => {
  it('is read from its first bytes', () => {
    assert.equal(detectFormat(head(0, 'QFI\xfb\0\0\0\x03')), 'qcow2');
    assert.equal(detectFormat(head(0x8001, 'CD001')), 'iso');
    assert.equal(detectFormat(head(64, '\x7f\x10\xda\xbe')), 'vdi');
    assert.equal(detectFormat(head(0, '\x1f\x8b\x08')), 'gzip');
    assert.equal(detectFormat(head(510, '\x55\xaa')), 'raw');
    assert.equal(detectFormat(Buffer.from('QFI')), 'raw');
    assert.equal(detectFormat(Buffer.alloc(0)), 'raw');
  });

  it('says whether a guest can use it as it is', () => {
    assert.ok(isPlain('iso') && isPlain('raw') && !isPlain('qcow2'));
    assert.ok(isCompressed('xz') && !isCompressed('qcow2'));
  });
});
