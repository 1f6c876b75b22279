import assert from 'node:assert/strict';
import {
  offerOfPool,
  refuseVolumeName,
  refuseVolumeSize,
} from '../../../../src/operations/volumes/poolOffer.ts';
import { volumeXml } from '../../../../src/operations/volumes/volumeXml.ts';

describe('the definition of a new volume', () => {
  it('says only what is asked for', () => {
    assert.equal(
      volumeXml({ name: 'a', capacity: 1024 }),
      "<volume>\n  <name>a</name>\n  <capacity unit='bytes'>1024</capacity>\n</volume>",
    );
  });

  it('has hostile names as data', () => {
    const xml = volumeXml({
      name: '</name>\'"&',
      capacity: 1,
      allocation: 0,
      format: 'qcow2',
      backing: { path: '/a & b', format: 'raw' },
      encryptionSecret: 'u',
    });
    assert.match(xml, /<name>&lt;\/name&gt;'"&amp;<\/name>/);
    assert.match(xml, /<path>\/a &amp; b<\/path>\s*<format type='raw'\/>/);
    assert.match(xml, /<encryption format='luks'>\s*<secret type='passphrase' uuid='u'\/>/);
    assert.match(xml, /<allocation unit='bytes'>0</);
  });
});

describe('the name of a new volume', () => {
  const taken = new Set(['there']);
  const refused: readonly (readonly [name: string, type: string])[] = [
    ['', 'dir'],
    ['  ', 'dir'],
    ['there', 'dir'],
    ['a/b', 'dir'],
    ['..', 'dir'],
    ['a\nb', 'dir'],
    ['a@b', 'rbd'],
    ['-rf', 'logical'],
    ['a b', 'logical'],
    ['ä'.repeat(128), 'dir'],
  ];
  for (const [name, type] of refused) {
    it(`${JSON.stringify(name)} is refused in a pool of type ${type}`, () => {
      assert.ok(refuseVolumeName(name, type, taken));
    });
  }

  it('may be odd where the storage takes it', () => {
    for (const name of ['-rf', '$(x)', "it's", 'a@b', '漢字', '%s'])
      assert.equal(refuseVolumeName(name, 'dir', taken), undefined, name);
  });
});

describe('what a pool can hold', () => {
  it('is known by its type', () => {
    assert.equal(offerOfPool('dir')?.formats[0], 'qcow2');
    assert.deepEqual(offerOfPool('rbd')?.formats, []);
    assert.equal(offerOfPool('iscsi'), undefined);
  });

  it('has a size', () => {
    assert.equal(refuseVolumeSize(1), undefined);
    assert.ok(refuseVolumeSize(0));
    assert.ok(refuseVolumeSize(2 ** 61));
    assert.ok(refuseVolumeSize(undefined));
  });
});
