import assert from 'node:assert/strict';
import { CephError } from '../../../../src/ceph/cephError.ts';
import { suspect } from '../../../../src/doctor/complaint.ts';
import {
  decodeString,
  encodeString,
} from '../../../../src/doctor/failures/storage/unreadableImage/imageDirectory.ts';
import { withReading } from '../../../../src/doctor/failures/storage/unreadableImage/letReadParentPlan.ts';
import { unreadableImageFailure as failure } from '../../../../src/doctor/failures/storage/unreadableImage/unreadableImage.ts';
import {
  unopenedImages,
  unreadable,
} from '../../../../src/doctor/failures/storage/unreadableImage/unreadableImages.ts';

describe('an image that cannot be opened', () => {
  const isSuspected = (said: string): boolean => suspect(new Error(said), undefined, [failure]).length > 0;

  it('is suspected by what libvirt and rbd say', () => {
    for (const { example, pattern } of failure.symptoms) assert.match(example, pattern);
    assert.ok(isSuspected("error: failed to open the RBD image 'it's': No such file or directory"));
    assert.ok(isSuspected('rbd: error opening kid: (1) Operation not permitted'));
  });

  it('is not suspected by monitors that do not answer, or by what QEMU says of a disk', () => {
    for (const said of [
      'rbd: listing images failed: (110) Connection timed out',
      'rbd: error opening image web1: (110) Connection timed out',
      'error reading header from nosuch: No such file or directory',
      'failed to connect to the RADOS monitor on: 10.10.0.1:6789,: No such file or directory',
      "failed to create the RBD IoCTX. Does the pool 'nopool' exist?: No such file or directory",
    ])
      assert.ok(!isSuspected(said), said);
  });

  it('is named by rbd ls -l, whatever its name is', () => {
    const stderr = [
      '2026-11-21T18:37:08.843+0000 7f30854c46c0 -1 librbd::image::OpenRequest: failed to retrieve initial metadata: (5) Input/output error',
      '',
      'rbd: error opening kid: (1) Operation not permitted',
      'rbd: error opening a: (5) b: (5) Input/output error',
      'rbd: error opening kid: (1) Operation not permitted',
      'rbd: listing images failed: (5) Input/output error',
    ].join('\n');
    assert.deepEqual(unopenedImages(stderr), ['kid', 'a: (5) b']);
    assert.deepEqual(unopenedImages('rbd: listing images failed: (110) Connection timed out'), []);
  });

  it('is of one kind or another by the errno of rbd info', () => {
    const kindFor = (code: number): string | undefined =>
      unreadable('x', new CephError('rbd', 'kvm1', code, 'rbd: error opening image x: why'))?.kind;
    assert.deepEqual([2, 1, 13, 5, 22, 38].map(kindFor), [
      ...['header-gone', 'forbidden', 'forbidden', 'damaged', 'damaged', 'damaged'],
    ]);
    assert.equal(kindFor(110), undefined);
  });

  it('stands in the directory of its pool as Ceph writes texts', () => {
    assert.equal(encodeString('1026e871ed52').toString('latin1'), '\f\0\0\x001026e871ed52');
    assert.equal(encodeString('é').toString('hex'), '02000000c3a9');
    assert.equal(decodeString(encodeString('1026e871ed52')), '1026e871ed52');
    assert.equal(decodeString(Buffer.from('no length')), undefined);
    assert.equal(decodeString(Buffer.alloc(0)), undefined);
  });

  it('is opened again when its user may read the parent: nothing else of the capabilities changes', () => {
    const caps = new Map([
      ['mon', 'profile rbd'],
      ['osd', 'profile rbd pool=vms'],
    ]);
    const wider = withReading(caps, 'glance images');
    assert.deepEqual(
      [...wider],
      [
        ['mon', 'profile rbd'],
        ['osd', 'profile rbd pool=vms, profile rbd-read-only pool="glance images"'],
      ],
    );
    assert.equal(withReading(wider, 'glance images'), wider);
  });
});
