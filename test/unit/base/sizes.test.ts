import assert from 'node:assert/strict';
import { parseNewSize, parseSize } from '../../../src/base/sizes.ts';

const GiB = 1024 ** 3;

describe('a size that a person writes', () => {
  const sizes: readonly (readonly [text: string, bytes: number | undefined])[] = [
    ['20G', 20 * GiB],
    [' 20 GiB ', 20 * GiB],
    ['20gb', 20 * GiB],
    ['1.5T', 1536 * GiB],
    ['1,5 TiB', 1536 * GiB],
    ['512 bytes', 512],
    ['64b', 64],
    ['0k', 0],
    ['20', undefined],
    ['', undefined],
    ['G', undefined],
    ['-1G', undefined],
    ['1.2.3G', undefined],
    ['20 Gx', undefined],
    ['9999E', undefined],
    ['20G; rm', undefined],
  ];
  for (const [text, bytes] of sizes) {
    it(`${JSON.stringify(text)} is ${bytes === undefined ? 'none' : `${bytes} bytes`}`, () => {
      assert.equal(parseSize(text), bytes);
    });
  }

  it('is added to what there is where it begins with a plus', () => {
    assert.equal(parseNewSize('+5G', 20 * GiB), 25 * GiB);
    assert.equal(parseNewSize(' + 512 MiB', GiB), 1.5 * GiB);
    assert.equal(parseNewSize('25G', 20 * GiB), 25 * GiB);
    assert.equal(parseNewSize('+5', 20 * GiB), undefined);
    assert.equal(parseNewSize('+ +5G', 20 * GiB), undefined);
  });
});
