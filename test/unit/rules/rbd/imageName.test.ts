import assert from 'node:assert/strict';
import { parseImageName } from '../../../../src/rules/rbd/imageName.ts';

describe('parseImageName', () => {
  for (const [name, expected] of [
    ['pool/image', ['pool', undefined, 'image', undefined]],
    ['pool/space/image', ['pool', 'space', 'image', undefined]],
    ['pool/image@snap', ['pool', undefined, 'image', 'snap']],
    ['pool/space/image@snap', ['pool', 'space', 'image', 'snap']],
    ['pool/a b<>&"@s@t', ['pool', undefined, 'a b<>&"', 's@t']],
  ] as const) {
    it(name, () => {
      const parsed = parseImageName(name);
      assert.deepEqual([parsed?.pool, parsed?.namespace, parsed?.image, parsed?.snapshot], expected);
    });
  }

  for (const name of ['', 'image', '/image', 'pool/', 'pool//image', 'a/b/c/d', 'pool/@snap']) {
    it(`${JSON.stringify(name)} names no image`, () => {
      assert.equal(parseImageName(name), undefined);
    });
  }
});
