import assert from 'node:assert/strict';
import {
  freeImageName,
  imageNameOfFile,
  refuseImageName,
} from '../../../../src/operations/images/imageNames.ts';

describe('names of RBD images', () => {
  it('are refused where rbd would read something else, or the name is taken', () => {
    const taken = new Set(['web1']);
    for (const name of ['', '  ', 'web1', 'a/b', 'a@b', 'a\nb', 'é'.repeat(128)])
      assert.notEqual(refuseImageName(name, taken), undefined, JSON.stringify(name));
    for (const name of ['-rf', "it's", '$(x) ; y', '漢字 🙂', '..', 'a:b%s', 'x'.repeat(255)])
      assert.equal(refuseImageName(name, taken), undefined, name);
  });

  it('are proposed unlike those that are there', () => {
    assert.equal(freeImageName('web1-copy', new Set()), 'web1-copy');
    assert.equal(freeImageName('web1-copy', new Set(['web1-copy', 'web1-copy2'])), 'web1-copy3');
  });

  it('are those of files without their endings, and can be taken', () => {
    assert.equal(imageNameOfFile('/var/lib/libvirt/images/web1.qcow2'), 'web1');
    assert.equal(imageNameOfFile('C:\\disks\\debian-12.iso'), 'debian-12');
    assert.equal(imageNameOfFile('/a/b@c.tar'), 'b_c.tar');
    assert.equal(imageNameOfFile('/a/.img'), '.img');
    assert.equal(refuseImageName(imageNameOfFile('/a/x@y\n.raw'), new Set()), undefined);
  });
});
