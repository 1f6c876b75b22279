import assert from 'node:assert/strict';
import { CephError, Errno, isCephError } from '../../../src/ceph/cephError.ts';

describe('a failure of rbd', () => {
  it('is told by what rbd says, without the log of librados and without progress', () => {
    const stderr = [
      'Removing image: 0% complete...failed.',
      '2026-11-20T11:34:28.260+0000 7f788b7fe6c0 -1 librbd::image::PreRemoveRequest: 0x55d check_image_watchers: image has watchers - not removing',
      'rbd: error: image still has watchers',
      'This means the image is still open or the client using it crashed.',
    ].join('\n');
    const error = new CephError('rbd', 'kvm1', Errno.EBUSY, stderr);
    assert.equal(
      error.message,
      'rbd on kvm1: image still has watchers This means the image is still open or the client using it crashed.',
    );
    assert.match(error.raw ?? '', /PreRemoveRequest/);
    assert.match(error.advice ?? '', /30 seconds/);
  });

  it('that says nothing is told by its number', () => {
    assert.equal(new CephError('rbd', 'kvm1', 5, '').message, 'rbd on kvm1: failed with errno 5');
  });

  it('because it is not installed says which package has it', () => {
    const error = new CephError('rbd', 'kvm1', 'no-program', 'env: rbd: No such file or directory');
    assert.equal(error.message, 'rbd is not installed on kvm1.');
    assert.match(error.advice ?? '', /ceph-common/);
  });

  it('that could not connect for want of a key says so; one that found no image does not', () => {
    const connecting =
      "rbd: couldn't connect to the cluster!\nrbd: listing images failed: (2) No such file or directory";
    assert.match(new CephError('rbd', 'kvm1', Errno.ENOENT, connecting).advice ?? '', /keyring/);
    const missing = 'rbd: error opening image nosuch: (2) No such file or directory';
    assert.equal(new CephError('rbd', 'kvm1', Errno.ENOENT, missing).advice, undefined);
  });

  it('is known by its number', () => {
    const error = new CephError('rbd', 'kvm1', Errno.EEXIST, '');
    assert.ok(isCephError(error, Errno.EBUSY, Errno.EEXIST));
    assert.ok(!isCephError(error, Errno.EBUSY));
    assert.ok(!isCephError(new Error('x'), Errno.EEXIST));
  });
});
