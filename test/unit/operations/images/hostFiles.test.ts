import assert from 'node:assert/strict';
import { parseImageInfo } from '../../../../src/operations/images/hostFiles.ts';
import { wholeSectors } from '../../../../src/operations/images/importImage.ts';

describe('a disk image on a host', () => {
  it('is what qemu-img says that it is', () => {
    const json = `{
      "virtual-size": 10737418240, "filename": "/a/web1.qcow2", "cluster-size": 65536, "format": "qcow2",
      "actual-size": 200704, "full-backing-filename": "/a/base.qcow2", "backing-filename": "base.qcow2",
      "dirty-flag": false
    }`;
    assert.deepEqual(parseImageInfo('/a/web1.qcow2', json), {
      path: '/a/web1.qcow2',
      format: 'qcow2',
      size: 10_737_418_240,
      backing: '/a/base.qcow2',
    });
    const raw = '{ "virtual-size": 512, "filename": "/a", "format": "raw", "actual-size": 0 }';
    assert.deepEqual(parseImageInfo('/a', raw), { path: '/a', format: 'raw', size: 512, backing: undefined });
  });

  it('fills whole sectors in Ceph', () => {
    assert.deepEqual([0, 1, 512, 513].map(wholeSectors), [0, 512, 512, 1024]);
  });
});
